import CPlatform

/// How often memory is asked for.
package enum AllocationCount {
    /// The allocations of all threads of this process while the body runs; nil where the C library does not let them be
    /// counted.
    package static func during(_ body: () -> Void) -> Int? {
        assay_begin_counting_allocations()
        body()
        let count = assay_end_counting_allocations()
        return count < 0 ? nil : Int(count)
    }
}
