import Testing

/// What the compiler made of the microkernels: on a processor that lacks an instruction, one in the wrong place ends the
/// program, and a call in a hot loop costs a factor of ten.
#if arch(x86_64)
    @Suite struct DisassemblyTests {
        @Test func `vector instructions stand in their own modules only`() async throws {
            var (wide, medium) = (0, 0)
            for function in try await Disassembly.program.value.functions where !function.vectors.isEmpty {
                let isAVX512 = function.belongs(to: "AVX512", vector: "6SIMD16")
                let isAVX2 = function.belongs(to: "AVX2", vector: "5SIMD8")
                if function.vectors.contains(where: { $0.contains("%zmm") }) {
                    wide += 1
                    #expect(isAVX512, "512-bit registers in \(function.symbol)")
                } else {
                    medium += 1
                    #expect(isAVX512 || isAVX2, "\(function.vectors[0]) in \(function.symbol)")
                }
            }
            // That there are any shows that this looks at the right thing.
            #expect(wide > 10 && medium > 10)
        }

        @Test func `no hot function calls the fused multiply-add of the C library`() async throws {
            for function in try await Disassembly.program.value.functions
            where function.calls.contains(where: { $0.contains("<fmaf") }) {
                // The witness that the protocol needs, and that no inlined kernel goes through.
                #expect(function.symbol.contains("multiplyAdd"), "a call to fmaf in \(function.symbol)")
            }
        }

        /// What stands elsewhere within its line of 64 bytes takes another time.
        @Test func `microkernels and their loops begin at lines`() async throws {
            let kernels = try await Disassembly.program.value.functions.filter(\.isMicrokernel)
            #expect(kernels.count > 100)
            for kernel in kernels { #expect(kernel.address % 64 == 0, "\(kernel.symbol) at \(kernel.address)") }
            let loops = kernels.flatMap(\.loops)
            // Some are entered by falling into them, or share blocks with another: the compiler leaves those where they come.
            #expect(loops.count > 100 && 10 * loops.count { $0 % 64 == 0 } >= 9 * loops.count, "\(loops.count)")
        }

        @Test func `tiles of a matrix product call nothing, and their loops keep the sums in registers`() async throws {
            let tiles = try await Disassembly.program.value.functions.filter {
                // The instances for a number of rows, not the function that chooses among them.
                $0.isMicrokernel && $0.symbol.contains("8multiply") && $0.symbol.contains("5Count")
                    && $0.symbol.contains("AVX")
            }
            // Of three to fourteen rows, and of three to six: smaller ones stand within their callers.
            #expect(tiles.count >= 12 + 4)
            for tile in tiles {
                // The guard of the stack calls only when it ends the program.
                let calls = tile.calls.filter { !$0.contains("__stack_chk_fail") }
                #expect(calls.isEmpty, "\(calls) in \(tile.symbol)")
                func products(_ stretch: [String]) -> Int { stretch.count { $0.contains("vfmadd") } }
                let loop = tile.stretches.max { products($0) < products($1) } ?? []
                let spills = loop.filter { $0.contains("vmov") && ($0.contains("(%rsp") || $0.contains("(%rbp")) }
                #expect(products(loop) >= 4 && spills.isEmpty, "\(spills) in \(tile.symbol)")
            }
        }
    }
#endif
