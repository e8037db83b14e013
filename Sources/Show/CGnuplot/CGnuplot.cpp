#include "CGnuplot.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vector>

#include <gnuplot-iostream.h>

namespace {

/// A row as one scalar: gnuplot-iostream treats a bare string as a column of characters.
struct Row {
    std::string text;
};

std::ostream &operator<<(std::ostream &stream, const Row &row) { return stream << row.text; }

}  // namespace

struct assay_script {
    std::unique_ptr<Gnuplot> gnuplot;
    std::vector<Row> rows;
    /// A second descriptor of the file, since Gnuplot's destructor hides the error of close.
    int descriptor = -1;
    int error = 0;

    ~assay_script() {
        if (descriptor >= 0) close(descriptor);
    }

    /// Writes something, and keeps the first error.
    template <typename Body> void attempt(Body body) noexcept {
        if (error) return;
        errno = 0;
        try {
            body();
            if (gnuplot->good()) return;
        } catch (...) {
        }
        // A short write gives no reason: one more byte meets the same error again. The file is lost anyway.
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
        // send1d ends its data with a line "e", so that is the word that ends the block.
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

/// The command for gnuplot, in a pipe whose other end is closed. It is far shorter than a pipe's capacity, so writing
/// it first cannot block, and the reader cannot be gone. Without a script, an empty pipe.
int command_pipe(const char *script) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return -1;
    FILE *input = script ? fdopen(ends[1], "w") : nullptr;
    if (!input) {
        close(ends[1]);
    } else {
        Gnuplot gnuplot(input);
        gnuplot << "load '" << script << "'\n";
    }
    return ends[0];
}

/// In the child: becomes the program. Only calls that are safe after fork in a threaded process. Returns an errno.
int become(char *const *arguments, const char *folder, int input, int output, pid_t parent) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) return ESRCH;
    if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0)
        return errno;
    // A signal mask would be inherited, and the program may wait for a signal.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    if (chdir(folder)) return errno;
    execvp(arguments[0], arguments);
    return errno;
}

/// Starts the program. Returns an errno if that fails.
int start(char *const *arguments, const char *folder, int input, int output, pid_t *child) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return errno;
    Descriptor read_end(ends[0]), write_end(ends[1]);
    const pid_t parent = getpid();
    *child = fork();
    if (*child < 0) return errno;
    if (*child == 0) {
        const int error = become(arguments, folder, input, output, parent);
        _exit(write(ends[1], &error, sizeof error) == sizeof error ? 127 : 126);
    }
    write_end.reset();
    // On success, exec closes the pipe without writing.
    int error = 0;
    ssize_t length;
    do {
        length = read(ends[0], &error, sizeof error);
    } while (length < 0 && errno == EINTR);
    if (length != sizeof error) return 0;
    while (waitpid(*child, nullptr, 0) < 0 && errno == EINTR) {
    }
    return error;
}

double now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

/// Waits, polling at growing intervals. Returns 0, an errno, or ETIMEDOUT after killing the child's group.
int finish(pid_t child, double limit, int *status) {
    const double end = now() + limit;
    for (useconds_t pause = 500;; pause = pause < 20000 ? pause * 2 : 20000) {
        int raw;
        const pid_t found = waitpid(child, &raw, WNOHANG);
        if (found < 0 && errno != EINTR) return errno;
        if (found == child) {
            *status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
            return 0;
        }
        if (now() > end) {
            kill(-child, SIGKILL);
            kill(child, SIGKILL);
            while (waitpid(child, &raw, 0) < 0 && errno == EINTR) {
            }
            return ETIMEDOUT;
        }
        usleep(pause);
    }
}

}  // namespace

int assay_execute(
    char *const *arguments, const char *folder, const char *script, double limit, int *status, char **text) {
    *text = nullptr;
    errno = 0;
    try {
        Descriptor input(command_pipe(script));
        Descriptor output(memfd_create("output", MFD_CLOEXEC));
        if (input.number < 0 || output.number < 0) return errno ? errno : EIO;
        pid_t child;
        if (int error = start(arguments, folder, input.number, output.number, &child)) return error;
        if (int error = finish(child, limit, status)) return error;
        const off_t size = lseek(output.number, 0, SEEK_END);
        *text = static_cast<char *>(calloc(size > 0 ? size + 1 : 1, 1));
        if (!*text) return ENOMEM;
        if (size > 0 && pread(output.number, *text, size, 0) < 0) return errno;
        return 0;
    } catch (...) {
        return errno ? errno : EIO;
    }
}
