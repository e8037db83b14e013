import Settings

/// What a suite can name: a kernel, a model, or a workload that is made while the program runs. It knows its
/// parameters, and makes a workload from their values.
///
///     let kind = MatMul.kind
///     let workload = try kind.workload(from: [.init("m", "64"), .init("k", "64"), .init("n", "64")])
package struct Kind: Sendable {
    package let schema: Schema
    private let make: @Sendable (Arguments) throws(ShapeError) -> any Workload

    package init(_ schema: Schema, make: @escaping @Sendable (Arguments) throws(ShapeError) -> any Workload) {
        self.schema = schema
        self.make = make
    }

    package var name: String { schema.name }

    /// The workload of one shape. The arguments hold a value for every parameter of the schema, of its type and in its
    /// range. Throws if they do not fit together.
    package func workload(_ arguments: Arguments) throws(ShapeError) -> any Workload {
        guard schema.elements.contains(arguments.element) else {
            let known = schema.elements.map(\.rawValue).joined(separator: ", ")
            throw ShapeError(
                "no implementation of \(name) computes \(arguments.element)", parameter: ShapeError.element,
                remedy: schema.elements.count > 1 ? "write one of \(known)" : "write \(known)")
        }
        return try make(arguments)
    }

    /// The workload of a shape as a user wrote it. An error names the wrong word.
    package func workload(from given: [Schema.Given], element: ElementType = .f32) throws(ShapeError) -> any Workload {
        var arguments = try schema.arguments(from: given)
        arguments.element = element
        return try workload(arguments)
    }
}

/// A workload that is a Swift type: its schema and its arguments describe it completely.
package protocol Kernel: Workload {
    static var schema: Schema { get }

    /// What suites name. Override it if arguments choose between this kernel and another form of it.
    static var kind: Kind { get }

    /// Checks the shape. The arguments hold a value for every parameter of the schema, of its type and in its range.
    init(_ arguments: Arguments) throws(ShapeError)
}

extension Kernel {
    package static var kind: Kind { Kind(schema) { (arguments) throws(ShapeError) in try Self(arguments) } }

    package var kind: Kind { Self.kind }
}
