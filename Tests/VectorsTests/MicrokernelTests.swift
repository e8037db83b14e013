import Foundation
import Instructions
import Testing
import Vectors

@Suite struct MicrokernelTests {
    @Test(arguments: InstructionSet.available(), Check.all) func `agrees with plain loops`(
        set: InstructionSet, check: Check
    ) {
        check.body(set.microkernels)
    }

    /// The declarations of `Microkernels`, and the checks, one each.
    @Test func `every microkernel has a check`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let text = try String(
            contentsOf: root.appending(path: "Sources/Compute/Vectors/Microkernels.swift"), encoding: .utf8)
        let declared = text.matches(of: /static func (\w+)\(([^)]*)\)/).map { match in
            let labels = match.2.split(separator: ",").map { parameter in
                String(parameter.split { " :\n".contains($0) }[0])
            }
            return "\(match.1)(" + labels.map { "\($0):" }.joined() + ")"
        }
        #expect(declared.count > 20)
        #expect(Check.all.map(\.name).sorted() == declared.sorted())
    }

    @Test(arguments: InstructionSet.available()) func `tiles fill the registers`(set: InstructionSet) {
        let (rows, pixels) = set == .avx512 ? (14, 14) : (6, 7)
        #expect(set.microkernels.tileRows == rows && set.microkernels.slidingPixels == pixels)
        #expect(set.microkernels.lanes == [.avx2: 8, .avx512: 16][set] ?? 4)
    }
}
