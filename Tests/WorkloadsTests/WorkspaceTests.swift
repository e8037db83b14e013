import Settings
import Tensors
import Testing
import Workloads

@Suite struct WorkspaceTests {
    /// An implementation that fills each of its buffers with a number of its own and then looks whether all are whole.
    private func implementation(_ found: @escaping @Sendable ([Float]) -> Void) -> Implementation {
        var workspace = Workspace()
        let packed = workspace.packed(5)
        let (one, another) = (workspace.perThread(3), workspace.perThread(14))
        let parts = workspace.shared(7, of: Int32.self, parts: 2)
        return Implementation("buffers", "for tests", threading: .any, workspace: workspace) { _, setting, memory in
            func all(_ threads: Int) -> [Float] {
                var all = Array(UnsafeBufferPointer(start: memory[packed], count: 5))
                all += UnsafeBufferPointer(start: memory[parts], count: 14).map { Float($0) }
                for thread in 0..<threads {
                    all += UnsafeBufferPointer(start: memory[one, thread], count: 3)
                    all += UnsafeBufferPointer(start: memory[another, thread], count: 14)
                }
                return all
            }
            found(all(0))
            return PreparedCall {
                memory[packed].update(repeating: 1, count: packed.count)
                for part in 0..<2 { memory[parts, part].update(repeating: Int32(2 + part), count: parts.count) }
                for thread in 0..<setting.threads {
                    memory[one, thread].update(repeating: Float(10 + thread), count: one.count)
                    memory[another, thread].update(repeating: Float(20 + thread), count: another.count)
                }
                found(all(setting.threads))
            }
        }
    }

    @Test(arguments: [1, 2, 5]) func `buffers are told, allocated and kept apart`(threads: Int) throws {
        nonisolated(unsafe) var found: [[Float]] = []
        let implementation = implementation { found.append($0) }
        #expect(implementation.workspace.packedBytes == 5 * 4)
        // A thread has whole cache lines.
        #expect(implementation.workspace.bytes(threads: threads) == 14 * 4 + threads * 2 * 64)
        // The memory lives as long as what was prepared.
        let prepared = try implementation.prepare(Operands([:]), Setting("buffers", threads: threads))
        prepared.run()
        #expect(found[0] == [Float](repeating: 0, count: 19))
        var expected: [Float] = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3]
        for thread in 0..<threads {
            expected += [Float](repeating: Float(10 + thread), count: 3)
            expected += [Float](repeating: Float(20 + thread), count: 14)
        }
        #expect(found[1] == expected)
    }

    @Test func `what implementations are made of counts, on the threads it has`() {
        var alone = Workspace()
        _ = (alone.packed(4), alone.perThread(16))
        let one = Implementation("one", "", workspace: alone) { _, _, _ in PreparedCall {} }
        let any = Implementation("any", "", threading: .any, workspace: alone) { _, _, _ in PreparedCall {} }
        let whole = Workspace(of: [one, any, any])
        #expect(whole.packedBytes == 3 * 16)
        #expect(whole.bytes(threads: 3) == 64 + 2 * 3 * 64)
    }

    @Test func `nothing declared is nothing`() {
        #expect(Workspace().packedBytes == 0 && Workspace().bytes(threads: 8) == 0)
    }
}
