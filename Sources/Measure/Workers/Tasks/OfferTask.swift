/// An implementation that a program offers to others.
package struct Offer: Codable, Sendable, Hashable {
    /// Its name in settings: `onnxruntime`.
    package var implementation: String
    /// A one-line summary for lists.
    package var summary: String
    /// The names of its kernels and models. It may still refuse a shape when asked to run it.
    package var workloads: [String]
    /// Whether it computes on more than one thread.
    package var isThreaded: Bool

    package init(implementation: String, summary: String, workloads: [String], isThreaded: Bool) {
        self.implementation = implementation
        self.summary = summary
        self.workloads = workloads
        self.isThreaded = isThreaded
    }
}
