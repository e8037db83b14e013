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

// Older C libraries know the field only by its kernel name.
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum { capacity = assay_most_code_samples, slots = 2 * assay_most_callers };

// Written by the handler; read on the same thread, once the handler can no longer run.
static uint64_t taken[capacity];
static volatile int count, stride, skipped;
// A hash table of return addresses, 0 in a free slot; `lost` is set if some did not fit.
static uint64_t callers[slots];
static volatile int caller_count, lost;

// The range of the program's code, and the stack of the watched code: its frames lie below `stack_end`, and the first
// was called by the function whose frame is `outer`.
static uint64_t code_start, code_end;
static uintptr_t stack_end, outer;

static atomic_flag busy = ATOMIC_FLAG_INIT;
static timer_t timer;
static struct sigaction old_action;
static sigset_t old_mask;

struct registers {
    uintptr_t place, stack, frame, link;
};

#if defined(__x86_64__)
enum { supported = 1 };
static struct registers registers(const ucontext_t *context) {
    const greg_t *all = context->uc_mcontext.gregs;
    return (struct registers){all[REG_RIP], all[REG_RSP], all[REG_RBP], 0};
}
#elif defined(__aarch64__)
enum { supported = 1 };
static struct registers registers(const ucontext_t *context) {
    const mcontext_t *all = &context->uc_mcontext;
    return (struct registers){all->pc, all->sp, all->regs[29], all->regs[30]};
}
#else
enum { supported = 0 };
static struct registers registers(const ucontext_t *context) { return (struct registers){0}; }
#endif

static int is_code(uintptr_t address) { return address >= code_start && address < code_end; }

static uintptr_t word(uintptr_t address) { return *(const uintptr_t *)address; }

static void note_caller(uintptr_t address) {
    if (!is_code(address)) return;
    int slot = (address * 0x9E3779B97F4A7C15u) >> 32 & (slots - 1);
    while (callers[slot] && callers[slot] != address) slot = (slot + 1) & (slots - 1);
    if (callers[slot]) return;
    if (caller_count == assay_most_callers) {
        lost = 1;
        return;
    }
    callers[slot] = address;
    caller_count = caller_count + 1;
}

// The frame after this one, or 0 if this cannot be a frame. `lowest` is the lowest possible address of a frame.
static uintptr_t next_frame(uintptr_t frame, uintptr_t lowest) {
    if (frame < lowest || frame > stack_end - 2 * sizeof frame || frame % sizeof frame) return 0;
    return word(frame) > frame ? word(frame) : 0;
}

// Notes the callers of the code that runs now. Swift functions keep a frame pointer; library code may not. Then all
// words of the stack that could be return addresses are noted: too many, but none is missed.
static void note_callers(struct registers now) {
    if (now.stack >= stack_end || now.stack % sizeof now.stack || stack_end - now.stack > 1 << 20) {
        if (now.stack < stack_end) lost = 1;
        return;
    }
    note_caller(now.link);
    uintptr_t frame = now.frame;
    while (frame && frame != outer) frame = next_frame(frame, now.stack);
    const int is_whole = frame == outer;
    // If one of our functions has not made its frame yet, or has left it, its caller's address is on top of the stack.
    // The last word is the address in our caller, which is not part of the watched code.
    const uintptr_t last = stack_end - sizeof last;
    uintptr_t end = is_whole && now.frame < last ? now.frame : last;
    if (is_whole && is_code(now.place) && end > now.stack + 2 * sizeof end) end = now.stack + 2 * sizeof end;
    for (uintptr_t place = now.stack; place < end; place += sizeof place) note_caller(word(place));
    if (!is_whole) return;
    for (frame = now.frame; frame != outer && word(frame) != outer; frame = word(frame)) {
        note_caller(word(frame + sizeof frame));
    }
}

// Covers a long run from end to end: drops every second sample, and halves the sampling rate from here on.
static void keep_every_second(void) {
    for (int i = 0; i < capacity / 2; i++) taken[i] = taken[2 * i];
    count = capacity / 2;
    stride = stride * 2;
}

static void take(int number, siginfo_t *info, void *context) {
    // Ignore signals from other sources.
    if (info->si_code != SI_TIMER || info->si_value.sival_ptr != taken) return;
    skipped = skipped + 1;
    if (skipped < stride) return;
    skipped = 0;
    if (count == capacity) keep_every_second();
    const struct registers now = registers(context);
    taken[count] = now.place;
    count = count + 1;
    note_callers(now);
}

static void restore(void) {
    sigaction(SIGPROF, &old_action, NULL);
    pthread_sigmask(SIG_SETMASK, &old_mask, NULL);
    atomic_flag_clear(&busy);
}

__attribute__((noinline)) int assay_begin_sampling_code(int64_t nanoseconds) {
    if (!supported) return -ENOTSUP;
    if (atomic_flag_test_and_set(&busy)) return -EBUSY;
    count = 0;
    skipped = 0;
    stride = 1;
    memset(callers, 0, sizeof callers);
    caller_count = 0;
    lost = 0;
    assay_program_code(&code_start, &code_end);
    // Our caller also calls the watched code, so its frames will lie where ours is now.
    const uintptr_t own = (uintptr_t)__builtin_frame_address(0);
    outer = word(own);
    stack_end = own + 2 * sizeof own;

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

int assay_end_sampling_code(
    uint64_t places[assay_most_code_samples], uint64_t returns[assay_most_callers], int *return_count) {
    // A pending signal still reaches this thread, and so the handler, before this call returns.
    timer_delete(timer);
    // Copy first: another thread may begin as soon as everything is restored.
    const int copied = count;
    memcpy(places, taken, copied * sizeof taken[0]);
    int found = 0;
    for (int slot = 0; slot < slots; slot++) {
        if (callers[slot]) returns[found++] = callers[slot];
    }
    *return_count = lost ? -1 : found;
    restore();
    return copied;
}
