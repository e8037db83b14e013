#define _GNU_SOURCE
#include <spawn.h>
#include "CPlatform.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t assay_wait(pid_t child, int block, struct assay_usage *usage) {
    struct rusage raw;
    int status = 0;
    pid_t found;
    do {
        found = wait4(child, &status, block ? 0 : WNOHANG, &raw);
    } while (found < 0 && errno == EINTR);
    if (found < 0) return -errno;
    if (found == 0) return 0;
    usage->status = status;
    usage->max_resident_bytes = (int64_t)raw.ru_maxrss * 1024;
    usage->minor_faults = raw.ru_minflt;
    usage->major_faults = raw.ru_majflt;
    usage->voluntary_switches = raw.ru_nvcsw;
    usage->involuntary_switches = raw.ru_nivcsw;
    usage->user_seconds = raw.ru_utime.tv_sec + 1e-6 * raw.ru_utime.tv_usec;
    usage->system_seconds = raw.ru_stime.tv_sec + 1e-6 * raw.ru_stime.tv_usec;
    return found;
}

int assay_signal_of(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

int assay_exit_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

void assay_die_with_parent(void) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have died before: then nobody reads what this process writes.
    struct pollfd output = {.fd = STDOUT_FILENO};
    if (poll(&output, 1, 0) > 0 && output.revents & POLLERR) _exit(1);
}

int assay_spawn_in(posix_spawn_file_actions_t *actions, const char *folder) {
    return posix_spawn_file_actions_addchdir_np(actions, folder);
}

int assay_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) ? -errno : 0; }
