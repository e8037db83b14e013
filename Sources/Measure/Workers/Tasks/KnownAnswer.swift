import Results

/// An answer that was verified before. A process of the same program whose outputs have the same fingerprint need not be
/// verified again.
package struct KnownAnswer: Codable, Sendable, Hashable {
    /// Of the bits of all outputs; of a network, of what every layer writes.
    package var outputs: UInt64
    package var answer: Answer

    package init(outputs: UInt64, answer: Answer) {
        self.outputs = outputs
        self.answer = answer
    }
}

/// Where outputs of references are kept, so that each is computed once for all implementations.
package struct ReferenceFiles: Codable, Sendable, Hashable {
    package var folder: String
    /// The fingerprint of the program: another may compute something else.
    package var program: String

    package init(folder: String, program: String) {
        self.folder = folder
        self.program = program
    }
}
