/// gnuplot-iostream (C++) behind a few functions. No exception crosses this line: an error is an errno, 0 is none.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/// A gnuplot script that is being written to a file.
struct assay_script;

/// Opens the file, emptied first. NULL where that fails, the reason in `error`.
struct assay_script *_Nullable assay_script_open(const char *path, int *error);

/// Writes one line.
void assay_script_line(struct assay_script *script, const char *text);

/// Keeps a row, its columns divided by spaces, for the next block.
void assay_script_row(struct assay_script *script, const char *row);

/// Writes the rows kept so far as the data block `$name`, and forgets them.
void assay_script_block(struct assay_script *script, const char *name);

/// Closes the file and frees the script. Returns the first error of any write since it was opened.
int assay_script_close(struct assay_script *script);

/// Runs a program, looked up in PATH, in a folder, in a process group of its own. Where there is a `script`, a path as seen
/// from there, without quotes in it, the program reads the command of gnuplot that loads it; else an empty input.
/// All of the group is killed after `limit` seconds (then ETIMEDOUT is returned); the program is killed when this thread ends.
/// `status` becomes its exit code, or 128 + the signal that ended it; `output` what it wrote, to be freed.
int assay_execute(
    char *_Nullable const *_Nonnull arguments, const char *folder, const char *_Nullable script, double limit, int *status,
    char *_Nullable *_Nonnull output);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
