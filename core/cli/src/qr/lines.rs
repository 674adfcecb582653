//! Lines of bytes from outside, bounded: one that is too long is told, skipped, and does not stop the others.

use std::io::{self, BufRead, Read};

/// The longest line that is kept, in bytes, its end not counted: more than any QR symbol holds.
pub const MAX_LINE: u64 = 8192;

/// One line without its end; `None` for one that is too long.
pub type Line = Option<Vec<u8>>;

/// The next line, or `None` at the end.
pub fn next(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    if input.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|byte| *byte == b'\n').is_some() || u64::try_from(line.len()).is_ok_and(|length| length <= MAX_LINE)
    {
        return Ok(Some(Some(line)));
    }
    // The rest of it goes by a piece at a time.
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(Some(None));
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(Some(None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_told_and_the_next_one_read() {
        let longest = "x".repeat(8192);
        let text = format!("a\n\n{longest}\n{longest}y\n{longest}{longest}z\r\nb\n{longest}");
        let mut input = io::BufReader::with_capacity(100, text.as_bytes());
        let mut lines = Vec::new();
        while let Some(line) = next(&mut input).unwrap() {
            lines.push(line.map(|line| line.len()));
        }
        assert_eq!(lines, [Some(1), Some(0), Some(8192), None, None, Some(1), Some(8192)]);
    }
}
