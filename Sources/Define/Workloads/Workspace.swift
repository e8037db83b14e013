import Settings
import Tensors

/// The memory of an implementation besides its operands. Each buffer is declared in one statement. Its size is known
/// before anything is allocated. It is allocated when the implementation is prepared.
///
///     var workspace = Workspace()
///     let rest = workspace.perThread(features)
///     return Implementation("native", "rows in registers", workspace: workspace) { tensors, setting, memory in
///         PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in reduce(memory[rest, share.index]) }
///     }
package struct Workspace: Sendable {
    /// A declared buffer.
    package struct Buffer<Element: BitwiseCopyable>: Sendable {
        /// Elements in it, or in each of its parts.
        package let count: Int
        fileprivate let place: Place
    }

    fileprivate enum Place { case alone(number: Int), ofThread(offset: Int) }

    /// Buffers that are allocated one by one.
    private var alone: [(isPacked: Bool, bytes: Int)] = []
    /// Floats per thread in all buffers.
    private var threadFloats = 0
    /// The workspaces of implementations that this one prepares, each with whether it runs on one thread.
    private var inner: [(workspace: Workspace, isOneThread: Bool)] = []

    package init() {}

    /// The needs of implementations that another one consists of. They allocate it themselves when they are prepared.
    package init(of implementations: [Implementation]) {
        inner = implementations.map { ($0.workspace, $0.threading == .one) }
    }

    /// Declares weights in the implementation's own layout: `count` elements.
    package mutating func packed<Element>(_ count: Int, of type: Element.Type = Float.self) -> Buffer<Element> {
        declare(count, parts: 1, isPacked: true)
    }

    /// Declares what all threads write to: `parts` parts of `count` elements each.
    package mutating func shared<Element>(_ count: Int, of type: Element.Type = Float.self, parts: Int = 1)
        -> Buffer<Element>
    { declare(count, parts: parts, isPacked: false) }

    /// Declares `count` floats per thread. All buffers of a thread are side by side, in cache lines of its own.
    package mutating func perThread(_ count: Int) -> Buffer<Float> {
        defer { threadFloats += count }
        return Buffer(count: count, place: .ofThread(offset: threadFloats))
    }

    private mutating func declare<Element>(_ count: Int, parts: Int, isPacked: Bool) -> Buffer<Element> {
        alone.append((isPacked, count * parts * MemoryLayout<Element>.stride))
        return Buffer(count: count, place: .alone(number: alone.count - 1))
    }

    private var threadStep: Int { (threadFloats + 15) / 16 * 16 }

    /// Bytes of weights in the implementation's own layout.
    package var packedBytes: Int {
        alone.reduce(0) { $0 + ($1.isPacked ? $1.bytes : 0) } + inner.reduce(0) { $0 + $1.workspace.packedBytes }
    }

    /// Bytes of all the rest, for this number of threads.
    package func bytes(threads: Int) -> Int {
        alone.reduce(4 * threads * threadStep) { $0 + ($1.isPacked ? 0 : $1.bytes) }
            + inner.reduce(0) { $0 + $1.workspace.bytes(threads: $1.isOneThread ? min(1, threads) : threads) }
    }

    /// Whether there is anything to allocate.
    var isEmpty: Bool { alone.isEmpty && threadFloats == 0 }

    /// The buffers of a workspace, zero at first. A prepared implementation keeps them as long as it lives.
    package final class Memory: @unchecked Sendable {
        private var alone: [Tensor] = []
        private let threads: Tensor
        private let threadStep: Int

        init(_ workspace: Workspace, threads: Int) throws(OutOfMemory) {
            threadStep = workspace.threadStep
            self.threads = try Tensor(floats: threads * threadStep)
            for buffer in workspace.alone { alone.append(try Tensor(floats: (buffer.bytes + 3) / 4)) }
        }

        /// The elements of a part of a buffer: of a thread by its number, or by default the first.
        package subscript<Element>(buffer: Buffer<Element>, part: Int = 0) -> UnsafeMutablePointer<Element> {
            switch buffer.place {
            case .alone(let number): elements(alone[number].floats) + part * buffer.count
            case .ofThread(let offset): elements(threads.floats + (part * threadStep + offset))
            }
        }

        /// A buffer that is not per thread, as a tensor. It lives as long as the tensor does.
        package func tensor<Element>(_ buffer: Buffer<Element>, _ element: ElementType, _ shape: Shape) -> Tensor {
            guard case .alone(let number) = buffer.place else { preconditionFailure("a tensor of one thread") }
            return Tensor(in: alone[number], at: 0, element, shape)
        }

        private func elements<Element>(_ start: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Element> {
            UnsafeMutableRawPointer(start).assumingMemoryBound(to: Element.self)
        }
    }
}
