import Results

/// An answer that was verified before. If a process of the same program has outputs with the same fingerprint, they
/// need not be verified again.
package struct KnownAnswer: Codable, Sendable, Hashable {
    /// The fingerprint of the bits of all outputs; for a network, of everything that each layer writes.
    package var outputs: UInt64
    package var answer: Answer

    package init(outputs: UInt64, answer: Answer) {
        self.outputs = outputs
        self.answer = answer
    }
}

/// Where reference outputs are kept, so that each is computed once for all implementations.
package struct ReferenceFiles: Codable, Sendable, Hashable {
    package var folder: String
    /// The fingerprint of the program: another program may compute something else.
    package var program: String

    package init(folder: String, program: String) {
        self.folder = folder
        self.program = program
    }
}
