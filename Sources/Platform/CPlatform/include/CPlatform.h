/// Linux and processor functions that are reachable only from C. Each is a thin wrapper: policy stays in Swift.
#pragma once
#include <stdint.h>
#include <stddef.h>
#include <spawn.h>
#include <sys/types.h>

/// Aligned memory for tensors, or NULL. If `huge` is set, asks for transparent huge pages.
void *assay_allocate(size_t bytes, size_t alignment, int huge);

/// Returns memory that was freed, but kept by the C library, to the system.
void assay_trim_heap(void);

/// Starts to count the calls, on any thread, that ask the C library for memory.
void assay_begin_counting_allocations(void);

/// Stops counting. Returns the number of calls, or -1 if they cannot be counted.
int64_t assay_end_counting_allocations(void);

/// What the system reports about a child that ended.
struct assay_usage {
    int status;                  ///< as returned by wait4
    int64_t max_resident_bytes;  ///< the child's own peak, never that of its siblings
    int64_t minor_faults;
    int64_t major_faults;
    int64_t voluntary_switches;
    int64_t involuntary_switches;
    double user_seconds;
    double system_seconds;
};

/// Waits for one child. Returns its pid, 0 if `block` is 0 and it still runs, or -errno.
pid_t assay_wait(pid_t child, int block, struct assay_usage *usage);

/// The signal that ended a child, from its wait status; 0 if it exited by itself.
int assay_signal_of(int status);

/// The exit code in a wait status, or -1 if a signal ended the child.
int assay_exit_of(int status);

/// Asks the kernel to kill this process when its parent dies, so that no measurement outlives its run. Does not return
/// if the parent, who reads its output, is gone already.
void assay_die_with_parent(void);

/// Starts a program, found through PATH, with a guard process in between. When this process closes `life` or ends,
/// however it ends, the guard ends the program and all its descendants. `streams` become its standard input, output and
/// error; it runs in `folder`, or in the current folder if that is NULL.
///
/// Returns the process id of the guard, or -errno if the program cannot be started. The guard ends in the way the
/// program did, once the program and all its descendants have ended.
pid_t assay_spawn_guarded(
    const char *program, char *const argv[], char *const envp[], const char *folder, const int streams[3], int *life);

/// One answer of the CPUID instruction.
struct assay_registers {
    uint32_t eax, ebx, ecx, edx;
};

/// Executes CPUID. Returns 0 if the processor has no such leaf or is not an x86.
int assay_cpuid(uint32_t leaf, uint32_t subleaf, struct assay_registers *out);

/// The register states that the system saves (XCR0), or 0 if there is no XCR0.
uint64_t assay_xcr0(void);

/// Makes this thread treat denormal operands and results as zero.
void assay_flush_denormals(void);

/// Whether this thread treats denormals as zero.
int assay_denormals_flushed(void);

/// Prefetches the cache line of an address. Any address is allowed: nothing is read and nothing faults. Defined here so
/// that it is a single inlined instruction.
static inline __attribute__((always_inline)) void assay_prefetch(const void *address) { __builtin_prefetch(address); }

/// Writes a vector of 4, 8 or 16 floats without reading its cache line first, and without keeping it in a cache. The
/// target is aligned to the vector's size. No other thread may read it before `assay_streamed`. In C because Swift has no
/// such store.
typedef float assay_floats4 __attribute__((vector_size(16), may_alias));
typedef float assay_floats8 __attribute__((vector_size(32), may_alias));
typedef float assay_floats16 __attribute__((vector_size(64), may_alias));
static inline __attribute__((always_inline)) void assay_stream4(float *target, const void *vector) {
    __builtin_nontemporal_store(*(const assay_floats4 *)vector, (assay_floats4 *)target);
}
static inline __attribute__((always_inline)) void assay_stream8(float *target, const void *vector) {
    __builtin_nontemporal_store(*(const assay_floats8 *)vector, (assay_floats8 *)target);
}
static inline __attribute__((always_inline)) void assay_stream16(float *target, const void *vector) {
    __builtin_nontemporal_store(*(const assay_floats16 *)vector, (assay_floats16 *)target);
}
/// Makes what was streamed visible to other threads, before anything that is written after it.
static inline __attribute__((always_inline)) void assay_streamed(void) {
#if defined(__x86_64__)
    __builtin_ia32_sfence();
#endif
}

/// Compares two vectors of 4, 8 or 16 floats: bit l is set if lane l of the first is less. In C because Swift has no masks
/// of bits.
typedef _Bool assay_lanes4 __attribute__((ext_vector_type(4)));
typedef _Bool assay_lanes8 __attribute__((ext_vector_type(8)));
typedef _Bool assay_lanes16 __attribute__((ext_vector_type(16)));
static inline __attribute__((always_inline)) uint32_t assay_less4(const void *x, const void *y) {
    assay_lanes4 less =
        __builtin_convertvector(*(const assay_floats4 *)x < *(const assay_floats4 *)y, assay_lanes4);
    uint8_t bits;
    __builtin_memcpy(&bits, &less, sizeof bits);
    return bits & 15;
}
static inline __attribute__((always_inline)) uint32_t assay_less8(const void *x, const void *y) {
    assay_lanes8 less =
        __builtin_convertvector(*(const assay_floats8 *)x < *(const assay_floats8 *)y, assay_lanes8);
    uint8_t bits;
    __builtin_memcpy(&bits, &less, sizeof bits);
    return bits;
}
static inline __attribute__((always_inline)) uint32_t assay_less16(const void *x, const void *y) {
    assay_lanes16 less =
        __builtin_convertvector(*(const assay_floats16 *)x < *(const assay_floats16 *)y, assay_lanes16);
    uint16_t bits;
    __builtin_memcpy(&bits, &less, sizeof bits);
    return bits;
}

/// The same pointer, but the compiler takes it for another one: it reads again what it has read through the first, and
/// keeps no values in registers for it. In C because Swift cannot express this.
static inline __attribute__((always_inline)) const float *assay_read_again(const float *pointer) {
    __asm__ volatile("" : "+r"(pointer));
    return pointer;
}

/// Tells the processor that this thread spins while it waits for another. In C for the same reason.
static inline __attribute__((always_inline)) void assay_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/// Writes the logical processors that this thread may run on, in ascending order. Returns their number (at most
/// `capacity`) or -errno.
int assay_affinity(int *processors, int capacity);

/// Pins this thread to one logical processor. Returns 0 or -errno.
int assay_pin(int processor);

/// The logical processor this thread runs on now, or -1.
int assay_current_processor(void);

/// Adds an action to posix_spawn that runs the child in a folder. Returns 0 or an errno.
int assay_spawn_in(posix_spawn_file_actions_t *actions, const char *folder);

/// Makes a pipe whose ends are not inherited: `ends[0]` to read, `ends[1]` to write. Returns 0 or -errno.
int assay_pipe(int ends[2]);

/// The most program counters that are kept. In a longer run they are spread evenly over the time.
enum { assay_most_code_samples = 8192 };

/// The most return addresses in the program that are kept.
enum { assay_most_callers = 4096 };

/// Samples, every `nanoseconds`, the program counter of this thread and the callers of the running code, until
/// `assay_end_sampling_code`. Covers only code that the calling function itself calls. Uses a signal (SIGPROF): timed
/// sleeps wake early, and too short a period leaves no time for anything else. Only one thread at a time can sample.
/// Returns 0 or -errno: -EBUSY if another thread samples, -ENOTSUP on an unsupported processor.
int assay_begin_sampling_code(int64_t nanoseconds);

/// Stops sampling, on the same thread, and restores the signal. Writes the program counters, as addresses of this
/// process, and returns their number. Also writes the return addresses in the program's own code, each once; their
/// number is -1 if there were too many. Some may be left on the stack by functions that have long returned.
int assay_end_sampling_code(
    uint64_t places[assay_most_code_samples], uint64_t callers[assay_most_callers], int *caller_count);

/// A program or shared library of this process.
struct assay_object {
    const char *path;  ///< as the loader found it; "" for the main program
    uint64_t bias;     ///< subtract it from an address to get the address in the file
};

/// Finds the object that contains an address. Returns whether there is one.
int assay_object_at(uint64_t address, struct assay_object *object);

/// The range of the main program's code in this process.
void assay_program_code(uint64_t *start, uint64_t *end);

/// The readable name of a Swift symbol, to be freed by the caller; NULL if it is not a Swift symbol.
char *assay_demangle(const char *name, size_t length);

/// Counts an event in user mode, for a thread (0 for the calling one) and for threads that it starts from here on. Type
/// and config are those of perf_event_open(2). Returns -errno, or a descriptor from which three 64-bit numbers can be
/// read: the count, the nanoseconds for which the event was enabled, and those for which it was counted.
int assay_count_event(uint32_t type, uint64_t config, pid_t thread);
