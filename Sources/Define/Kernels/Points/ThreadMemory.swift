import Workloads

extension Workspace.Memory {
    /// A thread's part of a buffer of floats as elements of another type. Buffers before it have an even number of floats if
    /// the elements take 8 bytes, a multiple of four if they take 16.
    func elements<Element: BitwiseCopyable>(
        _ buffer: Workspace.Buffer<Float>, ofThread thread: Int, as type: Element.Type
    ) -> UnsafeMutablePointer<Element> {
        UnsafeMutableRawPointer(self[buffer, thread]).assumingMemoryBound(to: Element.self)
    }
}
