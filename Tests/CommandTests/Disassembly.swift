import Subprocess

/// The functions of the built program, as objdump (binutils) shows them: of each what says which registers it uses and what
/// it calls.
struct Disassembly {
    struct Function {
        let symbol: String
        let address: UInt64
        /// Instructions of AVX and what came after it.
        var vectors: [String] = []
        var calls: [String] = []
        /// All instructions of a microkernel, cut at its jumps: what runs without a branch.
        var stretches: [[String]] = [[]]
        /// The first addresses of a microkernel's loops of one stretch that hold vector instructions.
        var loops: [UInt64] = []
        /// Where the stretch that is being read begins.
        private var stretchStart: UInt64

        var isMicrokernel: Bool { symbol.contains("Vectors") || symbol.contains("12Microkernels") }

        fileprivate init(symbol: String, address: UInt64) {
            self.symbol = symbol
            self.address = address
            stretchStart = address
        }

        /// Takes in an instruction: a tab, its name, its operands.
        fileprivate mutating func take(_ line: ArraySlice<UInt8>, at address: UInt64) {
            guard line.first == UInt8(ascii: "\t") else { return }
            let first = line.dropFirst().first
            let isVector = first == UInt8(ascii: "v")
            guard isVector || isMicrokernel || line.starts(with: "\tcall".utf8) else { return }
            let text = String(decoding: line, as: UTF8.self)
            if isVector { vectors.append(text) }
            if text.hasPrefix("\tcall") { calls.append(text) }
            guard first == UInt8(ascii: "j") else {
                stretches[stretches.count - 1].append(text)
                return
            }
            let target = text.split(separator: " ").dropFirst().first.flatMap { UInt64($0, radix: 16) }
            // A jump into the stretch that it ends, over nothing but what the loop does.
            if let target, target >= stretchStart, target <= address,
                stretches[stretches.count - 1].contains(where: { $0.hasPrefix("\tv") })
            {
                loops.append(target)
            }
            stretches.append([])
            stretchStart = address + 1
        }

        /// Whether it is a microkernel of an instruction set, or part of one for its vector.
        func belongs(to set: String, vector: String) -> Bool {
            isMicrokernel && (symbol.contains(set) || symbol.contains(vector))
        }
    }

    let functions: [Function]

    private init() async throws {
        let result = try await Subprocess.run(
            .name("objdump"), arguments: ["-d", "--no-show-raw-insn", Program.path],
            output: .bytes(limit: 1 << 28), error: .discarded)
        var functions: [Function] = []
        for line in result.standardOutput.split(separator: UInt8(ascii: "\n")) {
            // `0000000000001000 <name>:`, and then `    1000:<tab>name operands`.
            if line.last == UInt8(ascii: ":"), let open = line.firstIndex(of: UInt8(ascii: "<")) {
                let name = String(decoding: line[(open + 1)...].dropLast(2), as: UTF8.self)
                functions.append(Function(symbol: name, address: Self.number(line[..<open])))
            } else if !functions.isEmpty, let tab = line.firstIndex(of: UInt8(ascii: "\t")) {
                functions[functions.count - 1].take(line[tab...], at: Self.number(line[..<tab]))
            }
        }
        self.functions = functions
    }

    /// The hexadecimal digits among the bytes.
    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { sum, byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): sum << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): sum << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            default: sum
            }
        }
    }

    /// Made once for all tests.
    static let program = Task { try await Disassembly() }
}
