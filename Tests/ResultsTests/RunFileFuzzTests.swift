import Foundation
import Results
import Testing

/// Damaged run files never end the program: each gives a run or an error.
@Suite struct RunFileFuzzTests {
    /// 20000 inputs, or as many as ASSAY_FUZZ says. The same on every run.
    @Test func damagedFiles() throws {
        let count = ProcessInfo.processInfo.environment["ASSAY_FUZZ"].flatMap { Int($0) } ?? 20_000
        let fuzzer = try RunFileFuzzer()
        let workers = 2
        nonisolated(unsafe) var tallies = [(runs: Int, errors: Int)](repeating: (0, 0), count: workers)
        tallies.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let buffer = buffer
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                for i in stride(from: worker, to: count, by: workers) {
                    var random = RunFileFuzzer.Random(state: UInt64(i))
                    do throws(RunFileError) {
                        let run = try RunFileReader.parse(fuzzer.input(&random), path: "fuzz.jsonl")
                        // What was read is sound: it can be written again, and computed with.
                        if run.records.allSatisfy({
                            RunLine.record($0).inconsistency == nil && $0.costs.operations >= 0
                        }) {
                            buffer[worker].runs += 1
                        }
                    } catch {
                        if !error.message.isEmpty, !error.remedy.isEmpty { buffer[worker].errors += 1 }
                    }
                }
            }
        }
        let (runs, errors) = tallies.reduce((0, 0)) { ($0.0 + $1.runs, $0.1 + $1.errors) }
        print("run file fuzzer: \(count) inputs, \(runs) runs read, \(errors) refused")
        #expect(runs + errors == count)
        // The damage must reach beyond the header and also hit it, else this tests little.
        #expect(runs > count / 4 && errors > count / 20)
    }
}

/// Makes damaged run files out of a whole one.
struct RunFileFuzzer: Sendable {
    struct Random {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &+ 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((z ^ z >> 31) % UInt64(bound))
        }
    }

    private let lines: [[UInt8]]

    init() throws { lines = try Fixture.lines.map { Array(try $0.encoded()) } }

    /// What is put in place of, or between, bytes.
    private static let morsels: [[UInt8]] =
        [
            "-1", "1e999", "-1e999", "99999999999999999999999999", "9223372036854775807", "0.5", "1e-999", "null",
            "true",
            "\"nan\"", "\"inf\"", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "{}", "[]", ",", ":", "}", "]", "{", "[", "\\",
            "\"",
            "{\"header\":", "\u{FEFF}", "\u{0}\u{0}\u{0}", "\r\n", "\n", "NaN", "01", "1.", "--", "/**/",
        ].map { Array($0.utf8) }
        + [
            [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            Array(repeating: 0x5B, count: 5000),
        ]
        + [Array(String(repeating: "{\"a\":", count: 2000).utf8), Array(repeating: UInt8(ascii: "9"), count: 3000)]

    func input(_ random: inout Random) -> Data {
        switch random.next(20) {
        case 0: return Data((0..<random.next(400)).map { _ in UInt8(random.next(256)) })
        case 1: return Data(Self.morsels[random.next(Self.morsels.count)])
        default: break
        }
        var lines = lines
        for _ in 0..<random.next(3) { damageLines(&lines, &random) }
        // Most damage spares the header, without which there is nothing to read.
        var bytes = Array(lines.joined())
        let spared = random.next(4) > 0 ? min(lines.first?.count ?? 0, bytes.count) : 0
        for _ in 0..<random.next(4) { damageBytes(&bytes, from: spared, &random) }
        return Data(bytes)
    }

    private func damageLines(_ lines: inout [[UInt8]], _ random: inout Random) {
        guard lines.count > 1 else { return }
        let (a, b) = (random.next(lines.count), 1 + random.next(lines.count - 1))
        switch random.next(10) {
        case 0..<4: lines.insert(lines[a], at: b)
        case 4..<6: lines.remove(at: b)
        case 6: lines.swapAt(a, b)
        case 7: lines[b].removeLast()
        default: if b + 1 < lines.count { lines.swapAt(b, b + 1) }
        }
    }

    private func damageBytes(_ bytes: inout [UInt8], from start: Int, _ random: inout Random) {
        guard start < bytes.count else { return }
        let place = start + random.next(bytes.count - start)
        let morsel = Self.morsels[random.next(Self.morsels.count)]
        switch random.next(8) {
        case 0: bytes.removeSubrange(place...)
        case 1, 2: bytes[place] ^= 1 << UInt8(random.next(8))
        case 3: bytes[place] = UInt8(random.next(256))
        case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(40)))
        case 5: bytes.insert(contentsOf: morsel, at: place)
        default:
            // A value is replaced by another: from after a colon to before the next comma.
            guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) else { return }
            let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.count
            bytes.replaceSubrange(colon + 1..<end, with: morsel)
        }
    }
}
