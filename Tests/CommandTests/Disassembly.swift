import Subprocess

/// The functions of the built program, as objdump (binutils) shows them: of each what says which registers it uses and what
/// it calls.
struct Disassembly {
    struct Function {
        let symbol: String
        /// Instructions of AVX and what came after it.
        var vectors: [String] = []
        var calls: [String] = []
        /// All instructions of a microkernel, cut at its jumps: what runs without a branch.
        var stretches: [[String]] = [[]]

        var isMicrokernel: Bool { symbol.contains("7Vectors") || symbol.contains("VectorsAVX") }

        fileprivate mutating func take(_ line: ArraySlice<UInt8>) {
            guard line.first == UInt8(ascii: "\t") else { return }
            let first = line.dropFirst().first
            let isVector = first == UInt8(ascii: "v")
            guard isVector || isMicrokernel || line.starts(with: "\tcall".utf8) else { return }
            let text = String(decoding: line, as: UTF8.self)
            if isVector { vectors.append(text) }
            if text.hasPrefix("\tcall") { calls.append(text) }
            if first == UInt8(ascii: "j") { stretches.append([]) } else { stretches[stretches.count - 1].append(text) }
        }

        /// Whether it stands in a module, or is the instance of a microkernel for the vector of that module.
        func belongs(to module: String, vector: String) -> Bool {
            symbol.contains(module) || (symbol.contains("7Vectors") && symbol.contains(vector))
        }
    }

    let functions: [Function]

    private init() async throws {
        let result = try await Subprocess.run(
            .name("objdump"), arguments: ["-d", "--no-show-raw-insn", "--no-addresses", Program.path],
            output: .bytes(limit: 1 << 28), error: .discarded)
        var functions: [Function] = []
        for line in result.standardOutput.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "<") {
                functions.append(Function(symbol: String(decoding: line.dropFirst().dropLast(2), as: UTF8.self)))
            } else if !functions.isEmpty {
                functions[functions.count - 1].take(line)
            }
        }
        self.functions = functions
    }

    /// Made once for all tests.
    static let program = Task { try await Disassembly() }
}
