#define _GNU_SOURCE
#include "CPlatform.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

int assay_cpuid(uint32_t leaf, uint32_t subleaf, struct assay_registers *out) {
    return __get_cpuid_count(leaf, subleaf, &out->eax, &out->ebx, &out->ecx, &out->edx);
}

__attribute__((target("xsave"))) static uint64_t read_xcr0(void) { return _xgetbv(0); }

uint64_t assay_xcr0(void) {
    struct assay_registers leaf;
    const uint32_t osxsave = 1u << 27;
    if (!assay_cpuid(1, 0, &leaf) || !(leaf.ecx & osxsave)) return 0;
    return read_xcr0();
}

// MXCSR: bit 15 flushes results to zero, bit 6 takes denormal operands as zero.
static const unsigned flush_bits = 1u << 15 | 1u << 6;

void assay_flush_denormals(void) { _mm_setcsr(_mm_getcsr() | flush_bits); }

int assay_denormals_flushed(void) { return (_mm_getcsr() & flush_bits) == flush_bits; }

#else

int assay_cpuid(uint32_t leaf, uint32_t subleaf, struct assay_registers *out) { return 0; }

uint64_t assay_xcr0(void) { return 0; }

#if defined(__aarch64__)

// FPCR.FZ flushes denormal operands and results alike.
static const uint64_t flush_bit = UINT64_C(1) << 24;

static uint64_t read_fpcr(void) {
    uint64_t value;
    __asm__ volatile("mrs %0, fpcr" : "=r"(value));
    return value;
}

void assay_flush_denormals(void) { __asm__ volatile("msr fpcr, %0" : : "r"(read_fpcr() | flush_bit)); }

int assay_denormals_flushed(void) { return (read_fpcr() & flush_bit) != 0; }

#else

void assay_flush_denormals(void) {}

int assay_denormals_flushed(void) { return 0; }

#endif
#endif
