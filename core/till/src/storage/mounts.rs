//! The system's list of mounts, and which of them holds a folder. It must never guess: a list that cannot be read is an error.
//!
//! The form is that of `/proc/self/mountinfo` (Linux, Documentation/filesystems/proc.rst section 3.5): one mount a line,
//! `id parent major:minor root mount-point options [optional fields] - type source super-options`.

use thiserror::Error;

/// The longest list that is read, in bytes: Android has a few hundred mounts of about 200 bytes.
pub const MAX_LIST: usize = 1 << 20;

/// A mount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    id: u32,
    parent: u32,
    point: String,
    /// What kind of file system.
    pub filesystem: String,
    /// Its options, those of the mount and those of the file system.
    options: Vec<String>,
}

/// A list of mounts that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadMounts {
    /// It is longer than such a list ever is.
    #[error("the list of mounts is longer than {MAX_LIST} bytes")]
    TooLong,
    /// A line has another form.
    #[error("line {line} of the list of mounts has another form than Linux writes")]
    Line {
        /// Which, from 1.
        line: usize,
    },
    /// No mount holds the folder: a list of another root directory.
    #[error("no mount of the list holds the folder")]
    NotHere,
}

impl Mount {
    /// The mount that holds this folder (an absolute path without links), as the kernel walks to it.
    ///
    /// The longest mount point is not enough: a mount can hide others, at its own place or below it.
    pub fn of(list: &str, folder: &str) -> Result<Mount, BadMounts> {
        let mounts = read(list)?;
        let above = |mount: &&Mount| mounts.iter().all(|other| other.id != mount.parent || other.id == mount.id);
        let mut found = mounts.iter().filter(above).find(|mount| mount.holds(folder)).ok_or(BadMounts::NotHere)?;
        let mut seen = vec![found.id];
        // On the way down, the first place at which something is mounted is where the walk goes over into it.
        let next = |from: &Mount, seen: &[u32]| {
            let here = mounts.iter().filter(|mount| mount.parent == from.id && !seen.contains(&mount.id));
            here.filter(|mount| mount.holds(folder)).min_by_key(|mount| mount.point.len())
        };
        while let Some(below) = next(found, &seen) {
            seen.push(below.id);
            found = below;
        }
        Ok(found.clone())
    }

    /// True if the option stands there as it is.
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|one| one == option)
    }

    /// The value of an option `name=value`.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.options.iter().find_map(|one| one.strip_prefix(name)?.strip_prefix('='))
    }

    /// True if the folder is the mount point or lies below it.
    fn holds(&self, folder: &str) -> bool {
        let point = self.point.trim_end_matches('/');
        folder.strip_prefix(point).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// All mounts, in the order of the list.
fn read(list: &str) -> Result<Vec<Mount>, BadMounts> {
    if list.len() > MAX_LIST {
        return Err(BadMounts::TooLong);
    }
    let number = |(index, text)| mount(text).ok_or(BadMounts::Line { line: index + 1 });
    list.lines().enumerate().map(number).collect()
}

fn mount(line: &str) -> Option<Mount> {
    let mut fields = line.split(' ');
    let id = fields.next()?.parse().ok()?;
    let parent = fields.next()?.parse().ok()?;
    let (_device, _root) = (fields.next()?.split_once(':')?, fields.next()?);
    let point = plain(fields.next()?)?;
    let of_mount = fields.next()?;
    // None, one or more fields about propagation stand before the dash.
    fields.find(|field| *field == "-")?;
    let filesystem = plain(fields.next()?).filter(|name| !name.is_empty())?;
    let (_source, of_filesystem) = (fields.next()?, fields.next().unwrap_or(""));
    let whole = fields.next().is_none() && point.starts_with('/');
    let options = of_mount.split(',').chain(of_filesystem.split(',')).map(str::to_owned).collect();
    whole.then_some(Mount { id, parent, point, filesystem, options })
}

/// Without the kernel's escapes: a backslash and three octal digits stand for an ASCII character.
fn plain(field: &str) -> Option<String> {
    let mut parts = field.split('\\');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let code = u8::from_str_radix(part.get(..3)?, 8).ok().filter(u8::is_ascii)?;
        text.push(char::from(code));
        text.push_str(&part[3..]);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROOT: &str = "1 0 8:1 / / rw - ext4 /dev/sda rw";

    #[test]
    fn a_list_of_another_form_or_of_another_size_is_refused() {
        assert_eq!(Mount::of("", "/data"), Err(BadMounts::NotHere));
        assert_eq!(Mount::of("1 0 8:1 / /data rw - ext4 x rw", "/other"), Err(BadMounts::NotHere));
        assert_eq!(Mount::of(&"x".repeat(MAX_LIST + 1), "/data"), Err(BadMounts::TooLong));
        for odd in [
            "x 0 8:1 / / rw - ext4 /dev/sda rw",
            "1 0 8 / / rw - ext4 /dev/sda rw",
            "1 0 8:1 / / rw ext4 /dev/sda rw",
            "1 0 8:1 / / rw - ext4",
            "1 0 8:1 / here rw - ext4 /dev/sda rw",
            r"1 0 8:1 / /a\04 rw - ext4 /dev/sda rw",
            r"1 0 8:1 / /a\300 rw - ext4 /dev/sda rw",
            "1 0 8:1 / / rw - ext4 /dev/sda rw more",
        ] {
            assert_eq!(Mount::of(&format!("{ROOT}\n{odd}"), "/data"), Err(BadMounts::Line { line: 2 }), "{odd}");
        }
    }

    #[test]
    fn mounts_in_a_circle_come_to_an_end() {
        let list =
            format!("{ROOT}\n2 1 8:2 / /a rw - xfs x rw\n3 2 8:3 / /a rw - f2fs x rw\n2 3 8:2 / /a rw - xfs x rw");
        assert_eq!(Mount::of(&list, "/a").unwrap().filesystem, "f2fs");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(list in "[0-9a-z/:, \\\\\n-]{0,200}", folder in "/[a-z/]{0,20}") {
            let _ = Mount::of(&list, &folder);
        }

        #[test]
        fn a_name_comes_back_from_its_escapes(name in "[ -~\t\n]{1,40}") {
            let escaped: String = name.chars().map(|c| match c {
                ' ' | '\t' | '\n' | '\\' | '#' => format!("\\{:03o}", u32::from(c)),
                c => c.to_string(),
            }).collect();
            prop_assert_eq!(plain(&escaped), Some(name));
        }
    }
}
