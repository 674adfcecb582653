//! The one table. A line says what was measured, against what, and whether it is within its budget.

/// One line of the table.
pub struct Line {
    /// What was measured.
    pub row: String,
    /// What came of it.
    pub measured: String,
    /// What it is compared with in the same run, or nothing.
    pub baseline: String,
    /// Measured through baseline, in hundredths.
    pub ratio: Option<u64>,
    /// What it may be.
    pub budget: String,
    /// Whether it is; `None` for a line that only informs.
    pub held: Option<bool>,
}

impl Line {
    /// A line that only informs.
    pub fn note(row: impl Into<String>, measured: impl Into<String>) -> Line {
        Line {
            row: row.into(),
            measured: measured.into(),
            baseline: String::new(),
            ratio: None,
            budget: String::new(),
            held: None,
        }
    }

    /// With something to compare with, measured in the same run.
    pub fn against(mut self, baseline: impl Into<String>, ratio: Option<u64>) -> Line {
        (self.baseline, self.ratio) = (baseline.into(), ratio);
        self
    }

    /// With a budget.
    pub fn within(mut self, budget: impl Into<String>, held: bool) -> Line {
        (self.budget, self.held) = (budget.into(), Some(held));
        self
    }

    fn cells(&self) -> [String; 6] {
        let ratio = self.ratio.map_or(String::new(), |ratio| format!("{}.{:02}", ratio / 100, ratio % 100));
        let held = match self.held {
            Some(true) => "held",
            Some(false) => "NOT HELD",
            None => "",
        };
        [self.row.clone(), self.measured.clone(), self.baseline.clone(), ratio, self.budget.clone(), held.to_owned()]
    }
}

/// Prints the table, in Markdown.
pub fn print(lines: &[Line]) {
    let head = ["row", "measured", "baseline", "ratio", "budget", ""].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(lines.iter().map(Line::cells)).collect();
    let widths: [usize; 6] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    println!();
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        println!("| {} |", cells.join(" | "));
        if at == 0 {
            println!("|{}|", widths.map(|width| "-".repeat(width + 2)).join("|"));
        }
    }
}
