/// Lets a few go on at a time; the others wait for their turn, in order.
actor Turns {
    /// Programs that run at a time: each measures, and some need a gigabyte to find the machine's ceilings.
    static let ofPrograms = Turns(4)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    /// Runs the body when it is its turn.
    nonisolated func take<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        await begin()
        do {
            let result = try await body()
            await end()
            return result
        } catch {
            await end()
            throw error
        }
    }

    private func begin() async {
        guard free == 0 else { return free -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func end() {
        guard !waiting.isEmpty else { return free += 1 }
        waiting.removeFirst().resume()
    }
}
