import Comparison
import Foundation
import Results
import Testing

/// Damaged programs never end this one: each gives functions or an error with a remedy.
@Suite struct MachineCodeFuzzTests {
    private let whole = TinyProgram.example.bytes

    /// Looks at everything there is. Returns whether it was refused.
    private func read(_ bytes: Data) throws -> Bool {
        do throws(MachineCodeError) {
            let code = try ProgramCode(bytes, path: "fuzz")
            let other = try ProgramCode(whole, path: "whole")
            for function in code.functions.prefix(100) { _ = code.fingerprint(of: function) }
            _ = code.isSameProgram(as: other)
            var identity = CodeIdentity(Both(base: code, head: other))
            let hot = HotCode([
                .init(object: "", address: 0x1010, count: 9), .init(object: "", address: .max, count: 1),
            ])
            _ = identity.compare(Both(base: hot, head: hot))
            return false
        } catch {
            #expect(!error.message.isEmpty && !error.remedy.isEmpty)
            return true
        }
    }

    @Test func cutOff() throws {
        var refused = 0
        for length in 0..<whole.count where try read(whole.prefix(length)) { refused += 1 }
        // The table of sections stands at the end.
        #expect(refused == whole.count)
    }

    @Test func bitsFlipped() throws {
        var (state, refused) = (UInt64(1), 0)
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let count = 20_000
        let numbers: [UInt64] = [
            0, 1, 0xFF, 0x1010, 0x9000, UInt64(whole.count), UInt64(Int32.max), UInt64(UInt32.max), UInt64(Int.max),
            .max - 7, .max,
        ]
        for _ in 0..<count {
            var bytes = whole
            for _ in 0...next(4) {
                let place = next(bytes.count / 8) * 8
                switch next(3) {
                case 0: bytes[place + next(8)] ^= 1 << UInt8(next(8))
                case 1: bytes[place + next(8)] = UInt8(next(256))
                default:
                    withUnsafeBytes(of: numbers[next(numbers.count)].littleEndian) {
                        bytes.replaceSubrange(place..<place + 8, with: $0)
                    }
                }
            }
            if try read(bytes) { refused += 1 }
        }
        // The damage must also leave programs that can be read, else this tests little.
        #expect(refused > count / 20 && refused < count * 19 / 20)
    }
}
