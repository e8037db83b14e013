import Foundation
import Instructions
import Measurement
import Platform
import Results
import Workers

/// Verified answers on disk, by program, case, seed, and everything else that may change the order of sums.
package struct AnswerCache: Sendable {
    /// The key of an entry and its verified answer.
    private struct Entry: Codable {
        var key: String
        var known: KnownAnswer
    }

    private let root: String
    /// The fingerprint of the program.
    private let program: String
    private let instructionSet: String
    /// Identifies the weights from files; nil if they are drawn.
    private let weights: String?
    private let blas: RunHeader.Blas
    /// Whether to verify everything again; the cache then returns nothing.
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

    /// The most entries; the oldest are removed.
    private static let mostEntries = 20_000
    /// An entry has some hundred bytes, so this is enough for all.
    private static let mostBytes = 64 << 20

    private var folder: String { "\(root)/verified" }

    /// Where workers keep the outputs of references; nil if everything is verified again, references included.
    var references: ReferenceFiles? {
        isForced ? nil : ReferenceFiles(folder: "\(root)/references", program: program)
    }

    /// The answer for a case, by its name with implementation and threads.
    package func known(_ name: String, seed: UInt64) -> KnownAnswer? {
        let key = key(name, seed)
        guard !isForced, let content = CheckedFile.read(path(key)),
            let entry = try? JSONLine.decode(Entry.self, from: content), entry.key == key
        else { return nil }
        return entry.known
    }

    /// Keeps an answer that was verified just now; one that came from the cache is already there.
    package func keep(_ answer: Answer, outputs: UInt64?, of name: String, seed: UInt64) {
        guard let outputs, answer.verified == nil else { return }
        let key = key(name, seed)
        var entry = Entry(key: key, known: KnownAnswer(outputs: outputs, answer: answer))
        entry.known.answer.verified = Date().iso8601
        guard let content = try? JSONLine.encode(entry) else { return }
        CheckedFile.write(content, to: path(key))
    }

    /// Removes the oldest entries beyond the limits.
    package func prune() { CheckedFile.prune(folder, bytes: Self.mostBytes, files: Self.mostEntries) }

    private func key(_ name: String, _ seed: UInt64) -> String {
        "\(name) weights \(weights ?? "drawn") seed \(seed) program \(program) instructions \(instructionSet) blas \(blas.core) \(blas.configuration)"
    }

    private func path(_ key: String) -> String { "\(folder)/\(Fingerprint.text(key.utf8))" }
}
