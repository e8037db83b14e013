/// What only C can ask Linux and the processor. Each function is a thin door: policy stays in Swift.
#pragma once
#include <stdint.h>
#include <stddef.h>
#include <spawn.h>
#include <sys/types.h>

/// Aligned memory for tensors, or NULL. Large blocks ask for transparent huge pages where the system leaves that to us.
void *assay_allocate(size_t bytes, size_t alignment, int huge);

/// Gives back to the system what the C library keeps of memory that was freed.
void assay_trim_heap(void);

/// Counts, from here on, every call of any thread that asks the C library for memory.
void assay_begin_counting_allocations(void);

/// Ends that. Returns the calls, or -1 where they cannot be counted.
int64_t assay_end_counting_allocations(void);

/// What the system says of a child that ended.
struct assay_usage {
    int status;                  ///< as wait4 gives it
    int64_t max_resident_bytes;  ///< the child's own peak, never that of its siblings
    int64_t minor_faults;
    int64_t major_faults;
    int64_t voluntary_switches;
    int64_t involuntary_switches;
    double user_seconds;
    double system_seconds;
};

/// Waits for one child. Returns its pid, 0 where `block` is 0 and it still runs, or -errno.
pid_t assay_wait(pid_t child, int block, struct assay_usage *usage);

/// The signal that ended a wait status, or 0 where the child left by itself.
int assay_signal_of(int status);

/// The exit code in a wait status, or -1 where a signal ended the child.
int assay_exit_of(int status);

/// Asks the kernel to kill this process when its parent dies, so that no measurement outlives its run. Does not return if the
/// parent, who reads its output, is gone already.
void assay_die_with_parent(void);

/// Starts a program, looked for in PATH, whose life hangs on this process: a guard between the two ends it, and all that it
/// has started, when this process closes `life` or ends, however it ends. `streams` become its standard input, output and
/// error; it runs in `folder`, or here where that is NULL.
///
/// Returns the process id of the guard, which ends when nothing of the program runs any more, in the way the program did;
/// or -errno where the program cannot be started.
pid_t assay_spawn_guarded(
    const char *program, char *const argv[], char *const envp[], const char *folder, const int streams[3], int *life);

/// One answer of the CPUID instruction.
struct assay_registers {
    uint32_t eax, ebx, ecx, edx;
};

/// Asks CPUID. Returns 0 where the processor has no such leaf, or is not an x86.
int assay_cpuid(uint32_t leaf, uint32_t subleaf, struct assay_registers *out);

/// Which register states the system saves (XCR0), or 0 where it saves none that way.
uint64_t assay_xcr0(void);

/// Makes this thread take denormal operands and results as zero.
void assay_flush_denormals(void);

/// Whether this thread does.
int assay_denormals_flushed(void);

/// Asks for the cache line that holds an address, which may be any: memory is neither read nor missed. Here, so that it
/// is one instruction where it stands.
static inline __attribute__((always_inline)) void assay_prefetch(const void *address) { __builtin_prefetch(address); }

/// The same pointer, which the compiler takes for another: it reads again what it has read through the first, and keeps no
/// registers for it. Here because no Swift says so.
static inline __attribute__((always_inline)) const float *assay_read_again(const float *pointer) {
    __asm__ volatile("" : "+r"(pointer));
    return pointer;
}

/// Tells the processor that this thread turns while it waits for another. Here for the same reason.
static inline __attribute__((always_inline)) void assay_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/// Writes the logical processors that this thread may run on, ascending. Returns their number (at most `capacity`)
/// or -errno.
int assay_affinity(int *processors, int capacity);

/// Keeps this thread on one logical processor. Returns 0 or -errno.
int assay_pin(int processor);

/// The logical processor this thread runs on now, or -1.
int assay_current_processor(void);

/// Adds to the actions of posix_spawn that the child runs in a folder. Returns 0 or an errno.
int assay_spawn_in(posix_spawn_file_actions_t *actions, const char *folder);

/// A pipe whose ends no other program inherits: `ends[0]` to read, `ends[1]` to write. Returns 0 or -errno.
int assay_pipe(int ends[2]);

/// As many program counters as are kept, however long it takes: they are spread evenly over the time.
enum { assay_most_code_samples = 8192 };

/// The most places in the program to which functions that were running would have returned.
enum { assay_most_callers = 4096 };

/// From here on notes every so many nanoseconds where in its code this thread is, and who called what is running, until
/// `assay_end_sampling_code`. Only what the calling function itself calls is looked at. By a
/// signal (SIGPROF): what sleeps for a time wakes early, and a period that is too short leaves no time for anything else.
/// One thread at a time can do this. Returns 0, or -errno: -EBUSY where another does, -ENOTSUP on a processor that we
/// cannot ask.
int assay_begin_sampling_code(int64_t nanoseconds);

/// Ends that, on the same thread, and leaves the signal as it was. Writes the program counters, as addresses of this
/// process; returns their number. Of callers, the return addresses in the program's own code, each once; their number is
/// -1 where there were too many. Some may be left on the stack by a function that has long returned.
int assay_end_sampling_code(
    uint64_t places[assay_most_code_samples], uint64_t callers[assay_most_callers], int *caller_count);

/// A program or shared library of this process.
struct assay_object {
    const char *path;  ///< as the loader found it; "" for the main program
    uint64_t bias;     ///< what to take from an address to get that in the file
};

/// Finds the object that holds an address. Returns whether there is one.
int assay_object_at(uint64_t address, struct assay_object *object);

/// Where the code of the main program stands in this process.
void assay_program_code(uint64_t *start, uint64_t *end);

/// The name of a Swift symbol for people, to be freed, or NULL where it is none.
char *assay_demangle(const char *name, size_t length);

/// Counts an event of a thread (0 for the calling one) in user mode, and of the threads that it starts from here on. Type and
/// config are those of perf_event_open(2). Returns a descriptor from which three 64-bit numbers can be read: the count, and
/// the nanoseconds in which the event was meant to be counted and in which it was; or -errno.
int assay_count_event(uint32_t type, uint64_t config, pid_t thread);
