import Foundation
import Platform
import Tensors

/// A small case with known answers, read from a JSON file: an operator of graph learning, its options, the graph, how its inputs are
/// drawn, and the outputs that another library computed.
struct ReferenceCase: Decodable {
    let name: String
    let `operator`: String
    let seed: UInt64
    let options: [String: Option]
    let graph: Graph?
    let tensors: [Given]
    let outputs: [Expected]

    /// The edges in the order of their destinations, then sources; attributes of edges are in this order.
    struct Graph: Decodable {
        let nodes: Int
        let sources: [Int]
        let destinations: [Int]
    }

    /// An input or a weight: the rule of its draws (`input`, `weight`, `shift`, `scale`, `(input + 1) / 2`), or its data.
    struct Given: Decodable {
        let name: String
        let shape: [Int]
        let values: String?
        let fan_in: Int?
        let data: [Double]?
        /// The first of its elements, if they are drawn.
        let first: [Double]?
    }

    struct Expected: Decodable {
        let name: String
        let shape: [Int]
        let data: [Double]
    }

    /// A value of an option.
    enum Option: Decodable, Hashable {
        case word(String)
        case number(Double)
        case flag(Bool)
        case list([Option])
        case null

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let flag = try? value.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let word = try? value.decode(String.self) {
                self = .word(word)
            } else {
                self = .list(try value.decode([Option].self))
            }
        }
    }

    /// Reads a file. The error names what is wrong with it.
    static func read(_ path: String) throws(FileError) -> ReferenceCase {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw FileError(path, "cannot be read", remedy: "check the path and its permissions")
        }
        do {
            let known = try JSONDecoder().decode(ReferenceCase.self, from: data)
            try known.check(path)
            return known
        } catch let error as FileError {
            throw error
        } catch {
            throw FileError(
                path, "it is not a case with known answers: \(Self.words(error))",
                remedy: "give files with name, operator, seed, options, tensors and outputs")
        }
    }

    /// Elements of a tensor: cases are small.
    private static let largest = 1 << 28

    /// Throws if sizes do not match or an edge leads outside the graph.
    private func check(_ path: String) throws(FileError) {
        func fault(_ message: String) -> FileError { FileError(path, message, remedy: "make the file again") }
        if let graph {
            guard graph.nodes >= 0 else { throw fault("its graph has \(graph.nodes) nodes") }
            guard graph.sources.count == graph.destinations.count else {
                throw fault("its graph has \(graph.sources.count) sources and \(graph.destinations.count) destinations")
            }
            for node in graph.sources + graph.destinations where !(0..<graph.nodes).contains(node) {
                throw fault("its graph has the node \(node), but \(graph.nodes) nodes")
            }
        }
        for (name, option) in [("edge_type", "num_relations"), ("batch", "graphs")] {
            guard let numbers = given(name)?.data, let bound = number(option) else { continue }
            guard bound >= 0 else { throw fault("'\(option)' is \(bound)") }
            for number in numbers where !(0..<bound).contains(number) || number != number.rounded() {
                throw fault("'\(name)' has \(number), but there are \(bound) of '\(option)'")
            }
            if name == "batch", numbers != numbers.sorted() { throw fault("'batch' does not ascend") }
        }
        for (name, shape) in tensors.map({ ($0.name, $0.shape) }) + outputs.map({ ($0.name, $0.shape) }) {
            guard shape.allSatisfy({ $0 >= 0 }), let all = Shape(shape)?.count, all <= Self.largest else {
                throw fault("the tensor '\(name)' cannot have the shape \(shape)")
            }
        }
        guard !outputs.isEmpty else { throw fault("it has no outputs") }
        let sized =
            tensors.compactMap { tensor in tensor.data.map { (tensor.name, tensor.shape, $0.count) } }
            + outputs.map { ($0.name, $0.shape, $0.data.count) }
        for (name, shape, count) in sized where Shape(shape)?.count != count {
            throw fault("the tensor '\(name)' of shape \(shape) has \(count) elements")
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            context.codingPath.isEmpty ? "it is no JSON object" : "'\(Self.path(context))' has the wrong type"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            "'\(Self.path(context))' is out of range"
        default: "it is not valid JSON"
        }
    }
}

extension ReferenceCase {
    /// An option that is a word; nil if it is missing or null.
    func word(_ option: String) -> String? {
        if case .word(let word) = options[option] { word } else { nil }
    }

    /// An option that is a number; nil if it is missing or null.
    func number(_ option: String) -> Double? {
        if case .number(let number) = options[option] { number } else { nil }
    }

    /// An option that is a whole number.
    func count(_ option: String) -> Int? { number(option).flatMap(Int.init(exactly:)) }

    /// An option that is a list of whole numbers.
    func counts(_ option: String) -> [Int]? {
        guard case .list(let list) = options[option] else { return nil }
        let numbers = list.compactMap { item -> Int? in
            if case .number(let number) = item { Int(exactly: number) } else { nil }
        }
        return numbers.count == list.count ? numbers : nil
    }

    func given(_ tensor: String) -> Given? { tensors.first { $0.name == tensor } }
}

extension ReferenceCase.Given {
    /// Elements of a row: of all extents but the first.
    var rowElements: Int { shape.dropFirst().reduce(1, *) }

    /// Writes the elements: its data, or draws from the stream of its name. Throws if the rule is unknown or the first element
    /// is not the one of the file.
    func fill(_ tensor: Tensor, seed: UInt64) throws(ReferenceFault) {
        if let data {
            guard tensor.count == data.count else { throw misfit(tensor) }
            tensor.fill { Float(data[$0]) }
            return
        }
        if let bound = wholeBound {
            let draws = Draws(name, seed: seed)
            guard tensor.count == shape.reduce(1, *) else { throw misfit(tensor) }
            tensor.fill { Float(draws.whole($0, below: bound)) }
            return
        }
        let rules: [String: Values] = [
            "input": .input, "weight": .weight(fanIn: fan_in ?? 1), "shift": .shift, "scale": .scale,
            "(input + 1) / 2": .unit,
        ]
        guard let values, let rule = rules[values] else {
            throw ReferenceFault("'\(name)': there is no rule '\(values ?? "")' for draws")
        }
        guard tensor.count == shape.reduce(1, *) else { throw misfit(tensor) }
        rule.fill(tensor, name: name, seed: seed)
        for (index, expected) in (first ?? []).enumerated() where index < tensor.count {
            guard abs(tensor[index] - expected) <= 1e-6 * max(1, abs(expected)) else {
                throw ReferenceFault(
                    "'\(name)': element \(index) is drawn as \(tensor[index]), in the file \(expected)")
            }
        }
    }

    /// The bound of draws of whole numbers, which a file calls `floor(draw * 4 / 2^64)`.
    private var wholeBound: Int? {
        guard let values, values.hasPrefix("floor(draw * "), values.hasSuffix(" / 2^64)") else { return nil }
        return Int(values.dropFirst(13).dropLast(8)).flatMap { $0 > 0 ? $0 : nil }
    }

    private func misfit(_ tensor: Tensor) -> ReferenceFault {
        ReferenceFault("'\(name)': the file has the shape \(shape), the operator \(tensor.shape)")
    }
}

/// Why a case cannot be checked.
struct ReferenceFault: Error, Hashable {
    let message: String
    init(_ message: String) { self.message = message }
}
