import Foundation
import Instructions
import Measurement
import Platform
import Results
import Workers

/// Answers that were verified, on disk: by the program, the case, the seed, and whatever else may change the order of sums.
package struct AnswerCache: Sendable {
    /// What an entry is for, beside what is known of it.
    private struct Entry: Codable {
        var key: String
        var known: KnownAnswer
    }

    private let root: String
    /// The fingerprint of the program.
    private let program: String
    private let instructionSet: String
    /// What tells weights from files from others; nil where they are drawn.
    private let weights: String?
    private let blas: RunHeader.Blas
    /// Whether everything is verified again: then nothing is known.
    private let isForced: Bool

    package init(
        _ root: String = CacheFolder.standard, program: String,
        instructionSet: String = InstructionSet.current.rawValue, blas: RunHeader.Blas = .linked,
        weights: String? = nil, isForced: Bool = false
    ) {
        self.weights = weights
        self.root = root
        self.program = program
        self.instructionSet = instructionSet
        self.blas = blas
        self.isForced = isForced
    }

    /// More are not kept: the oldest go.
    private static let mostEntries = 20_000
    /// An entry has some hundred bytes; this holds them all.
    private static let mostBytes = 64 << 20

    private var folder: String { "\(root)/verified" }

    /// Where workers keep outputs of references; nil if everything is verified again, references included.
    var references: ReferenceFiles? {
        isForced ? nil : ReferenceFiles(folder: "\(root)/references", program: program)
    }

    /// What is known of a case, by its name with implementation and threads.
    package func known(_ name: String, seed: UInt64) -> KnownAnswer? {
        let key = key(name, seed)
        guard !isForced, let content = CheckedFile.read(path(key)),
            let entry = try? JSONLine.decode(Entry.self, from: content), entry.key == key
        else { return nil }
        return entry.known
    }

    /// Keeps an answer that was verified just now. One that was known is kept already.
    package func keep(_ answer: Answer, outputs: UInt64?, of name: String, seed: UInt64) {
        guard let outputs, answer.verified == nil else { return }
        let key = key(name, seed)
        var entry = Entry(key: key, known: KnownAnswer(outputs: outputs, answer: answer))
        entry.known.answer.verified = Date().iso8601
        guard let content = try? JSONLine.encode(entry) else { return }
        CheckedFile.write(content, to: path(key))
    }

    /// Drops what is too much.
    package func prune() { CheckedFile.prune(folder, bytes: Self.mostBytes, files: Self.mostEntries) }

    private func key(_ name: String, _ seed: UInt64) -> String {
        "\(name) weights \(weights ?? "drawn") seed \(seed) program \(program) instructions \(instructionSet) blas \(blas.core) \(blas.configuration)"
    }

    private func path(_ key: String) -> String { "\(folder)/\(Fingerprint.text(key.utf8))" }
}
