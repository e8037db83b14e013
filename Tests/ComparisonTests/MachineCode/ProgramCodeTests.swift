import Comparison
import Foundation
import Results
import Testing

/// What `ProgramCode` makes of programs, and when it calls two functions the same.
@Suite struct ProgramCodeTests {
    private func print(_ program: TinyProgram, _ name: String = "kernel") throws -> UInt64 {
        let code = try ProgramCode(program.bytes, path: "tiny")
        return code.fingerprint(of: try #require(code.functions(named: name).first))
    }

    @Test func functionsHaveNamesAndPlaces() throws {
        let code = try ProgramCode(TinyProgram.example.bytes, path: "tiny")
        #expect(code.hasRelocations)
        #expect(code.functions.map(\.name) == ["other", "kernel", "helper"])
        #expect(code.functions.map(\.address) == [0x1000, 0x1010, 0x1040])
        #expect(code.functions.map(\.size) == [6, 35, 3])
        #expect(code.function(at: 0x1010)?.name == "kernel")
        #expect(code.function(at: 0x1032)?.name == "kernel")
        #expect(code.function(at: 0x1033) == nil)
        #expect(code.function(at: 0xFFF) == nil)
        #expect(code.function(at: .max) == nil)
        #expect(code.functions(named: "nothing").isEmpty)
    }

    @Test func movedCodeIsTheSame() throws {
        #expect(TinyProgram.example.bytes != TinyProgram.moved.bytes)
        for name in ["kernel", "helper", "other"] {
            #expect(try print(.example, name) == print(.moved, name))
        }
    }

    /// Each of these is another machine code, or uses other constants.
    @Test(arguments: ["opcode", "immediate", "callee", "constant", "table", "text", "state"])
    func changedCodeDiffers(_ what: String) throws {
        var program = TinyProgram.moved
        switch what {
        case "opcode": program.change("kernel") { $0.bytes[7] = 0x11 }
        case "immediate": program.change("kernel") { $0.bytes[33] = 8 }
        case "constant": program.change(".LCPI1_0") { $0.bytes[2] = 0x81 }
        case "text": program.change(".L.str.3") { $0.bytes[12] = UInt8(ascii: "K") }
        default:
            let (index, target): (Int, TinyProgram.Target) =
                switch what {
                case "callee": (0, .name("other"))
                case "table": (2, .name("next"))
                default: (4, .place(section: TinyProgram.data, of: "table"))
                }
            program.change("kernel") {
                let old = $0.references[index]
                $0.references[index] = .init(offset: old.offset, type: old.type, target: target, addend: old.addend)
            }
        }
        #expect(try print(.example) != print(program))
    }

    /// What Swift notes of a closure's variables has no name, and no reference shows its end: what follows is not of it.
    @Test func whatAClosureCapturesEndsWhereItEnds() throws {
        func program(offset: UInt8, next: UInt8) -> TinyProgram {
            let context: [UInt8] = [0, 4, 0, 0, 0, 0, 0, 0, offset] + [UInt8](repeating: 0, count: 15)
            return TinyProgram(
                functions: [
                    .init(
                        name: "kernel", bytes: [0x48, 0x8D, 0x3D, 0, 0, 0, 0, 0xC3],  // lea context(%rip), %rdi
                        references: [
                            .init(offset: 3, type: 2, target: .place(section: TinyProgram.data, of: "context"))
                        ])
                ],
                data: [.init(name: "context", bytes: context + [UInt8](repeating: next, count: 40), isNameless: true)])
        }
        #expect(try print(program(offset: 16, next: 1)) == print(program(offset: 16, next: 2)))
        #expect(try print(program(offset: 16, next: 1)) != print(program(offset: 24, next: 1)))
    }

    @Test func dataWithANameAreKnownByIt() throws {
        var program = TinyProgram.example
        program.change("table") { $0.bytes[0] = 77 }
        #expect(try print(.example) == print(program))
    }

    /// Asserts name the file in which they stand, and that lies in another folder in every worktree.
    @Test func foldersInTextsDoNotCount() throws {
        var program = TinyProgram.example
        program.change(".L.str.3") { $0.bytes = Array("/tmp/another/kernel.c".utf8) + [0] }
        #expect(try print(.example) == print(program))
    }

    /// The assembler fills in the distance to a function of the same section, and says nothing of it.
    @Test(arguments: [[0xE8], [0xE9], [0x0F, 0x84], [0x48, 0x8D, 0x05]] as [[UInt8]])
    func branchesWithoutRelocationsAreFollowed(_ opcode: [UInt8]) throws {
        func program(between: Int, to target: String = "local") -> TinyProgram {
            var program = TinyProgram(functions: [.init(name: "caller", bytes: opcode + [0, 0, 0, 0, 0xC3])])
            for i in 0..<between { program.functions.append(.init(name: "f\(i)", bytes: [0xC3])) }
            program.functions += [
                .init(name: "local", bytes: [0x90, 0xC3]), .init(name: "second", bytes: [0x90, 0xC3]),
            ]
            let place = 16 * (between + (target == "local" ? 1 : 2))
            program.functions[0].bytes[opcode.count] = UInt8(place - opcode.count - 4)
            return program
        }
        #expect(try print(program(between: 1), "caller") == print(program(between: 5), "caller"))
        #expect(try print(program(between: 1), "caller") != print(program(between: 1, to: "second"), "caller"))
        #expect(program(between: 1).functions[0].bytes != program(between: 5).functions[0].bytes)
    }

    /// What has a name that does not stay is known by its contents.
    @Test(arguments: ["objectdestroy.8Tm", "merged$s4mainTm", "parse.12", "f.llvm.1234567890"])
    func calleesWithPassingNamesAreKnownByTheirCode(_ name: String) throws {
        func program(_ name: String, _ code: [UInt8]) -> TinyProgram {
            var program = TinyProgram.example
            program.change("helper") { $0 = .init(name: name, bytes: code) }
            program.change("kernel") { $0.references[0] = .init(offset: 1, type: 4, target: .name(name)) }
            return program
        }
        #expect(try print(program(name, [0x90, 0xC3])) == print(program("objectdestroy.2Tm", [0x90, 0xC3])))
        #expect(try print(program(name, [0x90, 0xC3])) != print(program("objectdestroy.2Tm", [0x31, 0xC0, 0xC3])))
    }

    /// `jmp *f@GOTPCREL(%rip)` that the linker made `jmp f; nop` has its distance a byte further ahead than it had.
    @Test func relaxedJumpsThroughTheOffsetTable() throws {
        func program(_ distance: [UInt8], last: UInt8) throws -> UInt64 {
            var program = TinyProgram.example
            let old = TinyProgram.Reference(offset: 2, type: 41, target: .name("helper"))
            program.change("kernel") {
                $0 = .init(name: "kernel", bytes: [0xE9] + distance + [last], references: [old], isFilled: false)
            }
            return try print(program)
        }
        #expect(try program([1, 2, 3, 4], last: 0x90) == program([5, 6, 7, 8], last: 0x90))
        #expect(try program([1, 2, 3, 4], last: 0x90) != program([1, 2, 3, 4], last: 0x91))
    }

    @Test func branchesOfAArch64() throws {
        // bl helper; with and without a relocation.
        func program(between: Int, relocated: Bool, instruction: UInt8 = 0x94) -> TinyProgram {
            let distance = UInt8(relocated ? 0 : 4 * (between + 1))
            var program = TinyProgram(
                machine: 183,
                functions: [
                    .init(
                        name: "kernel", bytes: [distance, 0, 0, instruction, 0xC0, 0x03, 0x5F, 0xD6],
                        references: relocated ? [.init(offset: 0, type: 283, target: .name("helper"), addend: 0)] : [])
                ])
            for i in 0..<between { program.functions.append(.init(name: "f\(i)", bytes: [0xC0, 0x03, 0x5F, 0xD6])) }
            program.functions.append(.init(name: "helper", bytes: [0xC0, 0x03, 0x5F, 0xD6]))
            return program
        }
        for relocated in [false, true] {
            let near = try print(program(between: 1, relocated: relocated))
            #expect(try near == print(program(between: 7, relocated: relocated)))
            // A branch instead of a call.
            #expect(try near != print(program(between: 1, relocated: relocated, instruction: 0x14)))
        }
    }

    @Test func thisProgram() throws {
        let code = try ProgramCode(path: "/proc/self/exe")
        #expect(code.functions.count > 100)
        let some = try #require(code.functions.dropFirst(50).first)
        #expect(code.function(at: some.address) == some)
        #expect(code.fingerprint(of: some) == code.fingerprint(of: some))
        #expect(code.isSameProgram(as: try ProgramCode(path: "/proc/self/exe")))
    }

    @Test(arguments: [
        ("/proc/self/nothing", "check the path"), ("/", "check the path"), ("/dev/null", "check the path"),
        ("/etc/passwd", "toolchain"),
    ])
    func otherFilesAreRefused(_ path: String, _ remedy: String) throws {
        let error = #expect(throws: MachineCodeError.self) { try ProgramCode(path: path) }
        #expect(try #require(error).remedy.contains(remedy))
        #expect(try #require(error).description.hasPrefix(path))
    }

    @Test func otherProcessorsAreRefused() throws {
        var program = TinyProgram.example
        program.machine = 8
        let bytes = program.bytes
        #expect(throws: MachineCodeError.self) { try ProgramCode(bytes, path: "mips") }
    }
}
