#define _GNU_SOURCE
#include "CPlatform.h"
#include <stdlib.h>
#include <sys/mman.h>

void *assay_allocate(size_t bytes, size_t alignment, int huge) {
    void *block = NULL;
    if (posix_memalign(&block, alignment, bytes)) return NULL;
    if (huge) madvise(block, bytes, MADV_HUGEPAGE);
    return block;
}
