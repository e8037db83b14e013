import Comparison
import Foundation
import Results
import Testing

/// What is said of two builds and the samples of a case in each.
@Suite struct CodeIdentityTests {
    /// Samples in functions of a program, at their starts.
    private func hot(
        _ program: TinyProgram, _ counts: [String: Int], others: Int = 0, callers: [String]? = nil
    ) throws -> HotCode {
        let code = try ProgramCode(program.bytes, path: "tiny")
        return HotCode(
            try counts.map { name, count in
                let function = try #require(code.functions(named: name).first)
                return .init(object: "", address: function.address, count: count)
            }, others: others,
            // Behind the first instruction, as if that were the call.
            surroundings: try callers?.map { try #require(code.functions(named: $0).first).address + 1 })
    }

    /// The same samples on both sides, in functions that others call.
    private func compare(
        _ base: TinyProgram, _ head: TinyProgram, _ counts: [String: Int], calledBy callers: Both<[String]?>
    ) throws -> CodeComparison {
        var identity = try self.identity(base, head)
        return identity.compare(
            Both(
                base: try hot(base, counts, callers: callers.base),
                head: try hot(head, counts, callers: callers.head)))
    }

    @Test func everythingTheSameAtOtherAddressesIsMoved() throws {
        // The kernel calls the helper.
        #expect(
            try compare(.example, .moved, ["kernel": 90], calledBy: Both(base: [], head: [])) == .moved(functions: 2))
        #expect(
            try compare(.example, .moved, ["kernel": 90], calledBy: Both(base: ["other"], head: ["other"]))
                == .moved(functions: 3))
        // An older program does not tell who calls: the other side's word is enough.
        #expect(
            try compare(.example, .moved, ["kernel": 90], calledBy: Both(base: nil, head: ["other"]))
                == .moved(functions: 3))
        #expect(
            try compare(.example, .moved, ["kernel": 90], calledBy: Both(base: nil, head: nil)) == .same(functions: 1))
    }

    @Test func whatStandsWhereItStoodHasNotMoved() throws {
        #expect(
            try compare(.example, .example, ["kernel": 90], calledBy: Both(base: [], head: [])) == .same(functions: 1))
    }

    /// A caller holds no time, and decides over that of the functions it calls.
    @Test(arguments: [Both<[String]?>(base: ["other"], head: ["other"]), Both(base: nil, head: ["other"])])
    func aCallerThatDiffersIsNamed(callers: Both<[String]?>) throws {
        #expect(
            try compare(.example, changed("other"), ["kernel": 90], calledBy: callers) == .differs(["other"]))
        var both = changed("other")
        both.change("kernel") { $0.bytes[5] ^= 1 }
        #expect(try compare(.example, both, ["kernel": 90], calledBy: callers) == .differs(["kernel", "other"]))
    }

    @Test func whatHotCodeCanReachIsNamed() throws {
        #expect(
            try compare(.example, changed("helper"), ["kernel": 90], calledBy: Both(base: [], head: []))
                == .differs(["helper (not seen running)"]))
        // The kernel does not call this one.
        #expect(
            try compare(.example, changed("other"), ["kernel": 90], calledBy: Both(base: [], head: []))
                == .moved(functions: 2))
    }

    /// What fills a table of all kernels takes the address of every one, and the case runs one of them.
    @Test func anAddressCountsOnlyWhereItsTakerWasSeen() throws {
        func program(_ code: UInt8, at address: UInt64) -> TinyProgram {
            TinyProgram(
                functions: [
                    .init(
                        name: "case", bytes: [0xE8, 0, 0, 0, 0, 0xC3],  // call taker
                        references: [.init(offset: 1, type: 4, target: .name("taker"))]),
                    .init(
                        name: "taker", bytes: [0x48, 0x8D, 0x05, 0, 0, 0, 0, 0xC3],  // lea taken(%rip), %rax
                        references: [.init(offset: 3, type: 2, target: .name("taken"))]),
                    .init(name: "taken", bytes: [code, 0xC3]),
                ], textAddress: address)
        }
        let (base, head) = (program(0x90, at: 0x1000), program(0x91, at: 0x2000))
        #expect(try compare(base, head, ["case": 9], calledBy: Both(base: [], head: [])) == .moved(functions: 2))
        #expect(
            try compare(base, head, ["case": 9], calledBy: Both(base: ["taker"], head: ["taker"]))
                == .differs(["taken (not seen running)"]))
    }

    @Test func tablesThatCodeReadsAreComparedToo() throws {
        var other = TinyProgram.moved
        other.change("table") { $0.bytes[0] ^= 1 }
        #expect(
            try compare(.example, other, ["kernel": 90], calledBy: Both(base: [], head: []))
                == .differs(["the table table"]))
        #expect(
            try compare(.example, other, ["helper": 90], calledBy: Both(base: [], head: [])) == .moved(functions: 1))
    }

    @Test func withoutRelocationsNobodyKnowsWhatIsReached() throws {
        var plain = TinyProgram.example
        plain.keepsRelocations = false
        #expect(
            try compare(plain, plain, ["kernel": 9], calledBy: Both(base: ["other"], head: ["other"]))
                == .same(functions: 1))
    }

    private func identity(_ base: TinyProgram, _ head: TinyProgram) throws -> CodeIdentity {
        CodeIdentity(
            Both(
                base: try ProgramCode(base.bytes, path: "base"), head: try ProgramCode(head.bytes, path: "head")))
    }

    private func compare(
        _ base: TinyProgram, _ baseCounts: [String: Int], _ head: TinyProgram, _ headCounts: [String: Int]
    ) throws -> CodeComparison {
        var identity = try self.identity(base, head)
        return identity.compare(Both(base: try hot(base, baseCounts), head: try hot(head, headCounts)))
    }

    /// An opcode of one function is another.
    private func changed(_ name: String) -> TinyProgram {
        var program = TinyProgram.moved
        program.change(name) { $0.bytes[0] ^= 1 }
        return program
    }

    @Test func theSame() throws {
        #expect(
            try compare(.example, ["kernel": 90, "helper": 10], .moved, ["kernel": 85, "helper": 15])
                == .same(functions: 2))
    }

    @Test func whatDiffersIsNamed() throws {
        #expect(
            try compare(.example, ["kernel": 90, "helper": 10], changed("kernel"), ["kernel": 99])
                == .differs(["kernel"]))
        var both = changed("kernel")
        both.change("helper") { $0.bytes[0] ^= 1 }
        #expect(
            try compare(.example, ["kernel": 30, "helper": 70], both, ["kernel": 30, "helper": 70])
                == .differs(["helper", "kernel"]))
    }

    /// A function that is not hot may differ.
    @Test func whatTakesNoTimeDoesNotCount() throws {
        #expect(
            try compare(.example, ["kernel": 990, "other": 3], changed("other"), ["kernel": 990, "other": 3])
                == .same(functions: 1))
        // But ten times as many samples do count.
        #expect(
            try compare(.example, ["kernel": 960, "other": 30], changed("other"), ["kernel": 960, "other": 30])
                == .differs(["other"]))
    }

    /// A few samples of one side lie where the other has none.
    @Test func aFunctionHotOnOneSideIsLookedUpOnTheOther() throws {
        #expect(try compare(.example, ["kernel": 90, "other": 3], .moved, ["kernel": 90]) == .same(functions: 2))
        #expect(
            try compare(.example, ["kernel": 90, "other": 3], changed("other"), ["kernel": 90]) == .differs(["other"]))
        var without = TinyProgram.moved
        without.functions.removeAll { $0.name == "other" }
        #expect(try compare(.example, ["kernel": 90, "other": 3], without, ["kernel": 90]) == .differs(["other"]))
        #expect(try compare(without, ["kernel": 90], .example, ["kernel": 90, "other": 3]) == .differs(["other"]))
    }

    @Test func sidesThatRunDifferentFunctions() throws {
        let answer = try compare(.example, ["kernel": 60, "helper": 40], .moved, ["other": 60, "helper": 40])
        guard case .unknown(let reason) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(reason.contains("kernel") && reason.contains("60 % of base's time, 0 % of head's"))
    }

    @Test func functionsWithPassingNamesAreFoundByTheirCode() throws {
        func program(_ name: String, _ code: [UInt8]) -> TinyProgram {
            TinyProgram(functions: [.init(name: name, bytes: code), .init(name: "last", bytes: [0xC3])])
        }
        let base = program("merged.1Tm", [0x90, 0xC3])
        #expect(
            try compare(base, ["merged.1Tm": 9], program("merged.4Tm", [0x90, 0xC3]), ["merged.4Tm": 9])
                == .same(functions: 1))
        #expect(
            try compare(base, ["merged.1Tm": 9], program("merged.4Tm", [0x31, 0xC3]), ["merged.4Tm": 9])
                == .differs(["merged.1Tm", "merged.4Tm"]))
    }

    @Test func withoutRelocationsOnlyEqualBytesAreTheSame() throws {
        var (plain, moved, changed) = (TinyProgram.example, TinyProgram.moved, TinyProgram.example)
        plain.keepsRelocations = false
        moved.keepsRelocations = false
        changed.keepsRelocations = false
        changed.change("helper") { $0.bytes[0] ^= 1 }
        #expect(try compare(plain, ["kernel": 9], plain, ["kernel": 9]) == .same(functions: 1))
        #expect(try compare(plain, ["kernel": 9], changed, ["kernel": 9]) == .same(functions: 1))
        for (base, head) in [(plain, moved), (plain, TinyProgram.moved), (TinyProgram.example, moved)] {
            let answer = try compare(base, ["kernel": 9], head, ["kernel": 9])
            guard case .unknown(let reason) = answer else {
                Issue.record("\(answer)")
                return
            }
            #expect(reason.contains("--emit-relocs"))
        }
    }

    @Test func withoutSamplesOrSymbolsNothingIsKnown() throws {
        var stripped = TinyProgram.example
        stripped.keepsSymbols = false
        var identity = try self.identity(stripped, .moved)
        let some = try hot(.moved, ["kernel": 9])
        #expect(
            identity.compare(Both(base: some, head: some))
                == .unknown("base names no functions: its symbols were stripped"))
        #expect(try compare(.example, ["kernel": 9], .moved, [:]) == .unknown("no samples were taken of head"))

        identity = try self.identity(.example, .moved)
        let lost = try hot(.moved, ["kernel": 9], others: 20)
        #expect(
            identity.compare(Both(base: try hot(.example, ["kernel": 9]), head: lost))
                == .unknown("most samples of head are in no known function"))
    }

    @Test func librariesAreTheSameFileOrTheSameBuild() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-code-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        func library(_ name: String, buildID: [UInt8]) throws -> String {
            var program = TinyProgram.example
            program.buildID = buildID
            let place = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try program.bytes.write(to: place.appendingPathComponent("libone.so"))
            return place.appendingPathComponent("libone.so").path
        }
        let (one, copy) = (try library("one", buildID: [1, 2]), try library("copy", buildID: [1, 2]))
        let other = try library("other", buildID: [3, 4])
        func answer(_ base: String, _ head: String) throws -> CodeComparison {
            var identity = try self.identity(.example, .moved)
            return identity.compare(
                Both(
                    base: HotCode([.init(object: base, address: 0x1010, count: 5)]),
                    head: HotCode([.init(object: head, address: 0x1010, count: 5)])))
        }
        #expect(try answer(one, one) == .same(functions: 1))
        #expect(try answer(one, copy) == .same(functions: 1))
        #expect(try answer(one, other) == .differs(["kernel (libone.so)"]))
        // A file that is gone is still the same file.
        #expect(try answer("/gone/libtwo.so", "/gone/libtwo.so") == .same(functions: 1))
        #expect(try answer("/gone/libtwo.so", "/lost/libtwo.so") == .differs(["libtwo.so"]))
    }

    @Test func wholePrograms() throws {
        func programs(_ base: TinyProgram, _ head: TinyProgram) throws -> CodeComparison {
            var identity = try self.identity(base, head)
            return identity.comparePrograms()
        }
        var same = TinyProgram.moved
        same.functions.removeAll { $0.name == "new" }
        #expect(try programs(.example, same) == .moved(functions: 3))
        #expect(try programs(.example, .moved) == .differs(["new"]))
        #expect(try programs(.example, changed("helper")) == .differs(["helper", "new"]))
        #expect(
            try ProgramCode(same.bytes, path: "a").isSameProgram(as: ProgramCode(TinyProgram.example.bytes, path: "b")))

        // A copy is the same even where nothing has a name.
        var stripped = TinyProgram.example
        stripped.keepsSymbols = false
        guard case .unknown = try programs(stripped, stripped) else {
            Issue.record("stripped, without a build ID")
            return
        }
        stripped.buildID = [1, 2, 3]
        #expect(try programs(stripped, stripped) == .same(functions: 0))
    }
}
