#include "CPlatform.h"
#include <stdio.h>

int assay_flush_output(void) {
    // Both: what did not fit the buffer failed when it was printed, and left nothing to flush.
    return fflush(stdout) == 0 && !ferror(stdout);
}
