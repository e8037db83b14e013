import CPlatform

/// Counts memory allocations.
package enum AllocationCount {
    /// The allocations of all threads of this process while the body runs; nil if the C library cannot count them.
    package static func during(_ body: () -> Void) -> Int? {
        assay_begin_counting_allocations()
        body()
        let count = assay_end_counting_allocations()
        return count < 0 ? nil : Int(count)
    }
}
