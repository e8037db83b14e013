#define _GNU_SOURCE
#include "CPlatform.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

// Older C libraries know the field only by the name that the kernel gives it.
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum { capacity = assay_most_code_samples };

// Written by the handler, and read when it can no longer run, on the same thread.
static uint64_t taken[capacity];
static volatile int count, stride, skipped;

static atomic_flag busy = ATOMIC_FLAG_INIT;
static timer_t timer;
static struct sigaction old_action;
static sigset_t old_mask;

#if defined(__x86_64__)
enum { supported = 1 };
static uint64_t place(const ucontext_t *context) { return (uint64_t)context->uc_mcontext.gregs[REG_RIP]; }
#elif defined(__aarch64__)
enum { supported = 1 };
static uint64_t place(const ucontext_t *context) { return context->uc_mcontext.pc; }
#else
enum { supported = 0 };
static uint64_t place(const ucontext_t *context) { return 0; }
#endif

// So that a long run is covered from end to end: half as many samples, and from here on half as often.
static void keep_every_second(void) {
    for (int i = 0; i < capacity / 2; i++) taken[i] = taken[2 * i];
    count = capacity / 2;
    stride = stride * 2;
}

static void take(int number, siginfo_t *info, void *context) {
    // What another sends is none of ours.
    if (info->si_code != SI_TIMER || info->si_value.sival_ptr != taken) return;
    skipped = skipped + 1;
    if (skipped < stride) return;
    skipped = 0;
    if (count == capacity) keep_every_second();
    taken[count] = place(context);
    count = count + 1;
}

static void restore(void) {
    sigaction(SIGPROF, &old_action, NULL);
    pthread_sigmask(SIG_SETMASK, &old_mask, NULL);
    atomic_flag_clear(&busy);
}

int assay_begin_sampling_code(int64_t nanoseconds) {
    if (!supported) return -ENOTSUP;
    if (atomic_flag_test_and_set(&busy)) return -EBUSY;
    count = 0;
    skipped = 0;
    stride = 1;

    struct sigaction action = {.sa_sigaction = take, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGPROF, &action, &old_action);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGPROF);
    pthread_sigmask(SIG_UNBLOCK, &mask, &old_mask);

    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
    event.sigev_value.sival_ptr = taken;
    event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &event, &timer)) {
        const int error = errno;
        restore();
        return -error;
    }
    const struct timespec period = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    const struct itimerspec times = {.it_interval = period, .it_value = period};
    if (timer_settime(timer, 0, &times, NULL)) {
        const int error = errno;
        timer_delete(timer);
        restore();
        return -error;
    }
    return 0;
}

int assay_end_sampling_code(uint64_t places[assay_most_code_samples]) {
    // A signal that is pending still reaches this thread, and so the handler, before this returns.
    timer_delete(timer);
    // Another thread may begin as soon as all is restored.
    const int copied = count;
    memcpy(places, taken, copied * sizeof taken[0]);
    restore();
    return copied;
}
