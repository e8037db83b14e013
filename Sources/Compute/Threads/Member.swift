import CPlatform

/// A thread of a pool.
final class Member: Sendable {
    private let crew: Crew
    private let share: Share
    private let processor: Int?
    private let flushesDenormals = assay_denormals_flushed() != 0

    init(_ crew: Crew, _ share: Share, processor: Int?) {
        self.crew = crew
        self.share = share
        self.processor = processor
    }

    /// nil if the system cannot start a thread.
    func start() -> SystemThread? { SystemThread { self.live() } }

    private func live() {
        // If the processor is no longer available, the thread runs on another one.
        if let processor { _ = assay_pin(Int32(processor)) }
        if flushesDenormals { assay_flush_denormals() }
        crew.serve(share)
    }
}
