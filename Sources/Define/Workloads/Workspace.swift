import Tensors

/// The memory of an implementation beside its operands. Each buffer is declared in one statement; from that its bytes are
/// told before anything is allocated, and it is allocated when the implementation is prepared.
///
///     var workspace = Workspace()
///     let rest = workspace.perThread(features)
///     return Implementation("native", "rows in registers", workspace: workspace) { tensors, setting, memory in
///         PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in reduce(tensors, memory[rest, share.index]) }
///     }
package struct Workspace: Sendable {
    /// A buffer that was declared.
    package struct Buffer<Element: BitwiseCopyable>: Sendable {
        /// Elements of it, or of each of its parts.
        package let count: Int
        fileprivate let place: Place
    }

    fileprivate enum Place { case alone(number: Int), ofThread(offset: Int) }

    /// Those that are allocated one by one.
    private var alone: [(isPacked: Bool, bytes: Int)] = []
    /// Floats of all buffers of a thread.
    private var threadFloats = 0
    /// Of implementations that are prepared by this one, each with whether it runs on one thread.
    private var inner: [(workspace: Workspace, isOneThread: Bool)] = []

    package init() {}

    /// What those need that an implementation is made of, and that allocate it themselves when it prepares them.
    package init(of implementations: [Implementation]) {
        inner = implementations.map { ($0.workspace, $0.threading == .one) }
    }

    /// Declares weights in the implementation's own layout, so many elements.
    package mutating func packed<Element>(_ count: Int, of type: Element.Type = Float.self) -> Buffer<Element> {
        declare(count, parts: 1, isPacked: true)
    }

    /// Declares what all threads write to: some parts of so many elements.
    package mutating func shared<Element>(_ count: Int, of type: Element.Type = Float.self, parts: Int = 1)
        -> Buffer<Element>
    { declare(count, parts: parts, isPacked: false) }

    /// Declares so many floats a thread. All buffers of a thread stand side by side, in cache lines of its own.
    package mutating func perThread(_ count: Int) -> Buffer<Float> {
        defer { threadFloats += count }
        return Buffer(count: count, place: .ofThread(offset: threadFloats))
    }

    private mutating func declare<Element>(_ count: Int, parts: Int, isPacked: Bool) -> Buffer<Element> {
        alone.append((isPacked, count * parts * MemoryLayout<Element>.stride))
        return Buffer(count: count, place: .alone(number: alone.count - 1))
    }

    private var threadStep: Int { (threadFloats + 15) / 16 * 16 }

    /// Bytes of weights in layouts of their own.
    package var packedBytes: Int {
        alone.reduce(0) { $0 + ($1.isPacked ? $1.bytes : 0) } + inner.reduce(0) { $0 + $1.workspace.packedBytes }
    }

    /// Bytes of all the rest, on so many threads.
    package func bytes(threads: Int) -> Int {
        alone.reduce(4 * threads * threadStep) { $0 + ($1.isPacked ? 0 : $1.bytes) }
            + inner.reduce(0) { $0 + $1.workspace.bytes(threads: $1.isOneThread ? min(1, threads) : threads) }
    }

    /// Whether there is anything to allocate.
    var isEmpty: Bool { alone.isEmpty && threadFloats == 0 }

    /// The buffers of a workspace, zero at first. A prepared implementation holds them as long as it lives.
    package final class Memory: @unchecked Sendable {
        private var alone: [Tensor] = []
        private let threads: Tensor
        private let threadStep: Int

        init(_ workspace: Workspace, threads: Int) throws(OutOfMemory) {
            threadStep = workspace.threadStep
            self.threads = try Tensor(floats: threads * threadStep)
            for buffer in workspace.alone { alone.append(try Tensor(floats: (buffer.bytes + 3) / 4)) }
        }

        /// The elements of a part of a buffer: of a thread by its number, or the first.
        package subscript<Element>(buffer: Buffer<Element>, part: Int = 0) -> UnsafeMutablePointer<Element> {
            switch buffer.place {
            case .alone(let number): elements(alone[number].floats) + part * buffer.count
            case .ofThread(let offset): elements(threads.floats + (part * threadStep + offset))
            }
        }

        private func elements<Element>(_ start: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Element> {
            UnsafeMutableRawPointer(start).assumingMemoryBound(to: Element.self)
        }
    }
}
