#define _GNU_SOURCE
#include "CPlatform.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// A guard is a fork of this process that runs only the code below. That code must be safe after a fork of a process
// with threads, so nothing here allocates memory.

#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
// Without the fork handlers of libraries: that of OpenBLAS would end its threads.
static pid_t fork_only(void) { return _Fork(); }
#else
static pid_t fork_only(void) { return fork(); }
#endif

static void on_child(int number) { (void)number; }

// The parent of a process, from /proc/PID/stat: "PID (name) state PARENT ..." with any name; 0 if the process is gone.
static pid_t parent_of(const char *pid) {
    char path[64] = "/proc/", text[512];
    strcat(strncat(path, pid, 20), "/stat");
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) return 0;
    text[length] = 0;
    char *place = strrchr(text, ')');
    if (!place || strlen(place) < 4) return 0;
    pid_t parent = 0;
    for (place += 4; *place >= '0' && *place <= '9'; place++) parent = parent * 10 + (*place - '0');
    return parent;
}

struct entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

static void kill_children(void) {
    _Alignas(struct entry) char buffer[4096];
    pid_t own = getpid();
    int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return;
    for (;;) {
        long length = syscall(SYS_getdents64, folder, buffer, sizeof buffer);
        if (length <= 0) break;
        for (long place = 0; place < length;) {
            struct entry *entry = (struct entry *)(buffer + place);
            place += entry->length;
            if (entry->name[0] < '1' || entry->name[0] > '9' || parent_of(entry->name) != own) continue;
            pid_t child = 0;
            for (char *digit = entry->name; *digit; digit++) child = child * 10 + (*digit - '0');
            kill(child, SIGKILL);
        }
    }
    close(folder);
}

// Ends all running descendants of the program, whatever groups and sessions they made: when their parents die, they
// become children of the guard.
static void end_descendants(pid_t program, int *status) {
    for (;;) {
        int ended;
        pid_t found = waitpid(-1, &ended, WNOHANG);
        if (found == 0) {
            kill_children();
            found = waitpid(-1, &ended, 0);
        }
        if (found < 0 && errno != EINTR) return;
        if (found == program) *status = ended;
    }
}

// Ends the guard in the way that the program ended.
static _Noreturn void leave(int status) {
    if (WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, number);
        // One core file is enough.
        prctl(PR_SET_DUMPABLE, 0);
        signal(number, SIG_DFL);
        kill(getpid(), number);
        sigprocmask(SIG_UNBLOCK, &only, NULL);
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 127);
}

static void close_all_but(int kept) {
    // The guard must not keep open what others wait to see closed: pipes, and the lives of other guarded programs.
    if (dup2(kept, 0) != 0) _exit(127);
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 1u, ~0u, 0u) == 0) return;
#endif
    struct rlimit limit;
    long most = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 1 << 20 ? (long)limit.rlim_cur : 1 << 20;
    for (long descriptor = 1; descriptor < most; descriptor++) close((int)descriptor);
}

static _Noreturn void run_program(
    const char *program, char *const argv[], char *const envp[], const char *folder, const int streams[3],
    int failure
) {
    // If the guard is killed, the program ends too.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int code = 0;
    for (int number = 0; number < 3 && code == 0; number++)
        if (dup2(streams[number], number) < 0) code = errno;
    if (code == 0 && folder && chdir(folder) != 0) code = errno;
    if (code == 0) {
        // The parent's threads may block signals.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execvpe(program, argv, envp);
        code = errno;
    }
    (void)!write(failure, &code, sizeof code);
    _exit(127);
}

static _Noreturn void guard(
    const char *program, char *const argv[], char *const envp[], const char *folder, const int streams[3],
    int life, int failure
) {
    // A process group of its own: Ctrl-C goes to the parent only, which then decides.
    setpgid(0, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    struct sigaction action = {.sa_handler = on_child};
    sigaction(SIGCHLD, &action, NULL);
    pid_t child = fork_only();
    if (child == 0) run_program(program, argv, envp, folder, streams, failure);
    if (child < 0) {
        int code = errno;
        (void)!write(failure, &code, sizeof code);
        _exit(127);
    }
    close_all_but(life);
    sigset_t only_children;
    sigfillset(&only_children);
    sigdelset(&only_children, SIGCHLD);
    struct pollfd end = {.fd = 0, .events = POLLIN};
    for (;;) {
        int status;
        pid_t found;
        while ((found = waitpid(-1, &status, WNOHANG)) > 0 && found != child) {}
        if (found == child) {
            end_descendants(child, &status);
            leave(status);
        }
        // The other end was closed: the parent wants the program to end, or has itself ended.
        if (ppoll(&end, 1, NULL, &only_children) > 0) {
            status = SIGKILL;
            kill(child, SIGKILL);
            end_descendants(child, &status);
            leave(status);
        }
    }
}

pid_t assay_spawn_guarded(
    const char *program, char *const argv[], char *const envp[], const char *folder, const int streams[3], int *life
) {
    int ends[2], failures[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
    if (pipe2(failures, O_CLOEXEC) != 0) {
        int code = errno;
        close(ends[0]);
        close(ends[1]);
        return -code;
    }
    // No signal handler of the parent may run in the guard.
    sigset_t all, mask;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &mask);
    pid_t pid = fork_only();
    if (pid == 0) {
        close(ends[1]);
        guard(program, argv, envp, folder, streams, ends[0], failures[1]);
    }
    int code = pid < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    close(ends[0]);
    close(failures[1]);
    if (pid > 0) {
        ssize_t length;
        do {
            length = read(failures[0], &code, sizeof code);
        } while (length < 0 && errno == EINTR);
        if (length == 0) code = 0;
    }
    close(failures[0]);
    if (code == 0) {
        *life = ends[1];
        return pid;
    }
    close(ends[1]);
    if (pid > 0) {
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
    }
    return -code;
}
