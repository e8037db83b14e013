#define _GNU_SOURCE
#include "CPlatform.h"
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

void *assay_allocate(size_t bytes, size_t alignment, int huge) {
    void *block = NULL;
    if (posix_memalign(&block, alignment, bytes)) return NULL;
    if (huge) madvise(block, bytes, MADV_HUGEPAGE);
    return block;
}

void assay_trim_heap(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
