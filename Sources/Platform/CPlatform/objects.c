#define _GNU_SOURCE
#include "CPlatform.h"
#include <link.h>

struct search {
    uint64_t address;
    struct assay_object *found;
};

static int contains(struct dl_phdr_info *object, size_t size, void *argument) {
    const struct search *search = argument;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        const uint64_t start = object->dlpi_addr + segment->p_vaddr;
        if (segment->p_type != PT_LOAD || search->address < start) continue;
        if (search->address - start >= segment->p_memsz) continue;
        search->found->path = object->dlpi_name;
        search->found->bias = object->dlpi_addr;
        return 1;
    }
    return 0;
}

int assay_object_at(uint64_t address, struct assay_object *object) {
    struct search search = {address, object};
    return dl_iterate_phdr(contains, &search);
}

static int code(struct dl_phdr_info *object, size_t size, void *argument) {
    uint64_t *range = argument;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
        range[0] = object->dlpi_addr + segment->p_vaddr;
        range[1] = range[0] + segment->p_memsz;
    }
    // The first object is the program; stop there.
    return 1;
}

void assay_program_code(uint64_t *start, uint64_t *end) {
    uint64_t range[2] = {0, 0};
    dl_iterate_phdr(code, range);
    *start = range[0];
    *end = range[1];
}

// Part of the Swift runtime, which every program of ours links.
char *swift_demangle(const char *, size_t, char *, size_t *, uint32_t);

char *assay_demangle(const char *name, size_t length) { return swift_demangle(name, length, NULL, NULL, 0); }
