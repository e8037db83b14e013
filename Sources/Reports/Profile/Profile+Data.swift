import Foundation
import Results

extension Profile {
    /// A layer with plain numbers, for programs.
    private struct Layer: Encodable {
        let layer: String
        let kernel: String
        let kind: String
        let shape: String
        let implementation: String
        let seconds: Double
        let share: Double
        let macs: Int
        let flopsPerSecond: Double
        let ofRoofline: Double?
        /// What binds: `compute`, or the level of memory.
        let limit: String?
        let bytes: Int

        init(_ row: Row) {
            layer = row.record.label
            kernel = row.record.name
            kind = row.variety
            shape = row.shape
            implementation = row.record.implementation
            seconds = row.seconds
            share = row.share
            macs = row.record.costs.macs
            flopsPerSecond = row.seconds > 0 ? Double(row.record.costs.flops) / row.seconds : 0
            ofRoofline = row.roofline?.value
            limit = row.roofline?.limit
            bytes = row.record.costs.leastTraffic
        }
    }

    private struct Whole: Encodable {
        let `case`: String
        /// Seconds, without the clock between layers.
        let latency: Double
        let sumOfLayers: Double
        let layers: [Layer]
    }

    /// A row a layer, times in seconds.
    package var csv: String {
        let head = [
            "layer", "kernel", "kind", "shape", "implementation", "seconds", "share", "macs", "flops_per_second",
            "of_roofline", "limit", "bytes",
        ]
        let lines = rows.map(Layer.init).map { layer in
            [
                layer.layer, layer.kernel, layer.kind, layer.shape, layer.implementation, CSV.number(layer.seconds),
                CSV.number(layer.share), String(layer.macs), CSV.number(layer.flopsPerSecond),
                layer.ofRoofline.map(CSV.number) ?? "", layer.limit ?? "", String(layer.bytes),
            ]
        }
        return ([head] + lines).map(CSV.line).joined()
    }

    /// One object: the case, its latency, the sum of its layers, the layers.
    package func json() throws -> String {
        let whole = Whole(case: network.case, latency: latency, sumOfLayers: sum, layers: rows.map(Layer.init))
        return try JSONText.of(whole)
    }
}
