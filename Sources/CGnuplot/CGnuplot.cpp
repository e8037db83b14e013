#include "CGnuplot.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <spawn.h>
#include <string>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <gnuplot-iostream.h>

namespace {

/// A row as one scalar: gnuplot-iostream takes a bare string for a column of characters.
struct Row {
    std::string text;
};

std::ostream &operator<<(std::ostream &stream, const Row &row) { return stream << row.text; }

}  // namespace

struct assay_script {
    std::unique_ptr<Gnuplot> gnuplot;
    std::vector<Row> rows;
    /// A second descriptor of the file: Gnuplot's destructor keeps the error of close to itself.
    int descriptor = -1;
    int error = 0;

    ~assay_script() {
        if (descriptor >= 0) close(descriptor);
    }

    /// Does some writing, and keeps the first error.
    template <typename Body> void attempt(Body body) noexcept {
        if (error) return;
        errno = 0;
        try {
            body();
            if (gnuplot->good()) return;
        } catch (...) {
        }
        // A write that was only cut short says no reason: one more byte meets it again. The file is lost already.
        if (!errno && write(descriptor, "", 1) == 1) errno = EIO;
        error = errno;
    }
};

assay_script *assay_script_open(const char *path, int *error) {
    errno = 0;
    FILE *file = nullptr;
    try {
        auto script = std::make_unique<assay_script>();
        file = fopen(path, "we");
        if (file) script->descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
        if (script->descriptor >= 0) {
            script->gnuplot = std::make_unique<Gnuplot>(file);
            return script.release();
        }
    } catch (...) {
    }
    *error = errno ? errno : EIO;
    if (file) fclose(file);
    return nullptr;
}

void assay_script_line(assay_script *script, const char *text) {
    script->attempt([&] { *script->gnuplot << text << "\n"; });
}

void assay_script_row(assay_script *script, const char *row) {
    script->attempt([&] { script->rows.push_back({row}); });
}

void assay_script_block(assay_script *script, const char *name) {
    script->attempt([&] {
        // send1d ends what it sends with a line "e": that, then, is the word that ends the block.
        *script->gnuplot << "$" << name << " << e\n";
        script->gnuplot->send1d(script->rows);
        script->rows.clear();
    });
}

int assay_script_close(assay_script *script) {
    script->attempt([&] { *script->gnuplot << std::flush; });
    script->gnuplot.reset();
    int error = script->error;
    if (close(script->descriptor) && !error) error = errno;
    script->descriptor = -1;
    delete script;
    return error;
}

namespace {

/// A descriptor that closes itself.
struct Descriptor {
    int number;
    explicit Descriptor(int number) : number(number) {}
    Descriptor(const Descriptor &) = delete;
    ~Descriptor() { reset(); }
    void reset() {
        if (number >= 0) close(number);
        number = -1;
    }
};

/// The command for gnuplot, in a pipe whose other end is closed: it is far shorter than what a pipe holds, so writing it
/// first cannot block, and cannot meet a reader that is gone.
int command_pipe(const char *script) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return -1;
    FILE *input = fdopen(ends[1], "w");
    if (!input) {
        close(ends[1]);
    } else {
        Gnuplot gnuplot(input);
        gnuplot << "load '" << script << "'\n";
    }
    return ends[0];
}

int run(const char *program, const char *folder, int input, int output, int *status) {
    posix_spawn_file_actions_t actions;
    if (int error = posix_spawn_file_actions_init(&actions)) return error;
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    // -d: without the user's own settings, which would change the pictures.
    std::string name = program, option = "-d";
    char *arguments[] = {name.data(), option.data(), nullptr};
    pid_t child;
    int error = posix_spawnp(&child, program, &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error) return error;
    int raw;
    while (waitpid(child, &raw, 0) < 0) {
        if (errno != EINTR) return errno;
    }
    *status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
    return 0;
}

}  // namespace

int assay_draw(
    const char *program, const char *folder, const char *script, int *status, char *messages, size_t capacity) {
    if (capacity > 0) messages[0] = 0;
    errno = 0;
    try {
        Descriptor input(command_pipe(script));
        Descriptor output(memfd_create("gnuplot", MFD_CLOEXEC));
        if (input.number < 0 || output.number < 0) return errno ? errno : EIO;
        if (int error = run(program, folder, input.number, output.number, status)) return error;
        if (capacity == 0) return 0;
        ssize_t length = pread(output.number, messages, capacity - 1, 0);
        messages[length > 0 ? length : 0] = 0;
        return 0;
    } catch (...) {
        return errno ? errno : EIO;
    }
}
