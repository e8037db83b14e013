import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

extension RGCNAggregate {
    /// The way that does least.
    enum Way {
        /// Rows of sources reduced by destination and relation, then multiplied.
        case reduceFirst
        /// The rows of all sources times the matrices of all relations, then reduced: if destinations have few features.
        case transformFirst
        /// Without features: the rows of matrices reduced.
        case gather
        /// The same of bases: the row of each pair of a relation and a source that occurs is summed up once.
        case combine

        var summary: String {
            switch self {
            case .reduceFirst: "sources reduced by destination and relation, then one product for each relation"
            case .transformFirst: "sources times the matrices of all relations, then reduced"
            case .gather: "the rows of matrices reduced where they are"
            case .combine: "rows summed up from bases for each pair of relation and source that occurs, then reduced"
            }
        }
    }

    var way: Way {
        guard !isFeatureless else { return bases > 0 ? .combine : .gather }
        let table = graph.columns.multipliedReportingOverflow(by: relations)
        let isSmall = !table.overflow && table.partialValue <= Self.mostRows / outputs
        guard blocks == 1, isSmall else { return .reduceFirst }
        // Multiply-adds with the columns that fill up a panel; to sort an edge takes about the time of 512.
        let width = 2 * microkernels.lanes
        func padded(_ columns: Int) -> Double { Double((columns + width - 1) / width * width) }
        let reduced = Double(graph.edges) * (Double(inputs) * padded(outputs) + 512)
        let transformed = Double(graph.columns) * Double(inputs) * padded(relations * outputs)
        return transformed < reduced ? .transformFirst : .reduceFirst
    }

    /// The largest table of transformed rows, in floats.
    private static let mostRows = 1 << 28

    var native: Implementation {
        switch way {
        case .reduceFirst: reduceFirst
        case .transformFirst: transformFirst
        case .gather: gather
        case .combine: combine
        }
    }

    /// Multiply-adds of the weighted reduction of `features` features.
    func reductionMACs(_ features: Int) -> Int { isMean ? graph.edges * features : 0 }

    /// Multiply-adds of the matrices of all relations from bases.
    var combinationMACs: Int { relations * bases * inputs * outputs }

    /// Writes 1 over the number of edges with its relation and its destination for each edge of a share of the rows.
    func weigh(
        _ share: Share, _ tensors: Operands, counts: UnsafeMutablePointer<Float>, factors: UnsafeMutablePointer<Float>
    ) {
        let (pointers, types) = (UnsafePointer(tensors["pointers"].ints), tensors["edge_type"].ints)
        // All 0 between rows.
        let counts = Self.ints(counts)
        for row in share.rows(of: pointers, count: graph.rows) {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for edge in edges { counts[Int(types[edge])] += 1 }
            for edge in edges {
                factors[edge] = 1 / Float(planted(.rgcnMean) ? Int32(edges.count) : counts[Int(types[edge])])
            }
            for edge in edges { counts[Int(types[edge])] = 0 }
        }
    }

    static func ints(_ floats: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(floats).assumingMemoryBound(to: Int32.self)
    }
}
