/// gnuplot-iostream (C++) behind a few functions. They throw no exceptions: an error is an errno, 0 means none.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/// A gnuplot script that is being written to a file.
struct assay_script;

/// Opens the file, created or emptied. On failure returns NULL, with the reason in `error`.
struct assay_script *_Nullable assay_script_open(const char *path, int *error);

/// Writes one line.
void assay_script_line(struct assay_script *script, const char *text);

/// Keeps a row for the next block; columns are separated by spaces.
void assay_script_row(struct assay_script *script, const char *row);

/// Writes the kept rows as the data block `$name`, and clears them.
void assay_script_block(struct assay_script *script, const char *name);

/// Closes the file and frees the script. Returns the first error of any write since it was opened.
int assay_script_close(struct assay_script *script);

/// Runs a program, searched for in PATH, in a folder and in its own process group. If there is a `script`, a path
/// relative to the folder and without quotes, the program reads gnuplot's command to load it; otherwise its input is
/// empty. The whole group is killed after `limit` seconds (ETIMEDOUT is returned); the program is killed when this
/// thread ends. `status` becomes the exit code, or 128 + the signal that ended it; `output` its output, to be freed.
int assay_execute(
    char *_Nullable const *_Nonnull arguments, const char *folder, const char *_Nullable script, double limit, int *status,
    char *_Nullable *_Nonnull output);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
