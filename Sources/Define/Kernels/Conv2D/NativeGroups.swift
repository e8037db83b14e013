import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

extension Conv2D {
    /// Grouped and depthwise: vectors of output channels slide along the rows of the image, which is not copied.
    /// Padding is skipped.
    var nativeGroups: Implementation? {
        guard groups > 1, let plan = SlidingPlan(self) else { return nil }
        var workspace = Workspace()
        let packed = workspace.packed(plan.packedFloats)
        return Implementation(
            "native", "vectors of channels or of groups, sliding along the rows", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            let (x, y) = (tensors["x"], tensors["y"])
            let residual = tensors.optional("residual")
            plan.pack(tensors["weight"], tensors.optional("bias"), of: self, into: memory[packed])
            return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                // Divide blocks of channels if there are enough and no two write to the same channel; else rows.
                let isByBlocks = !plan.blocksOverlap && plan.blocks.count >= 4 * share.count
                let rows = isByBlocks ? 0..<vertical.output : share.range(of: vertical.output)
                let blocks = isByBlocks ? share.range(of: plan.blocks.count) : 0..<plan.blocks.count
                for image in 0..<images {
                    let place = image * vertical.output * horizontal.output * co
                    slideImage(
                        plan, blocks, packed: memory[packed], rows,
                        of: x.floats + image * vertical.input * horizontal.input * ci,
                        adding: residual.map { $0.floats + place }, into: y.floats + place)
                }
            }
        }
    }

    /// Processes all rows with some blocks of channels, then with the next: weights stay in the nearest cache.
    private func slideImage(
        _ plan: SlidingPlan, _ mine: Range<Int>, packed: UnsafePointer<Float>, _ rows: Range<Int>,
        of image: UnsafePointer<Float>, adding residual: UnsafePointer<Float>?, into y: UnsafeMutablePointer<Float>
    ) {
        plan.blocks.withUnsafeBufferPointer { all in
            for begin in stride(from: mine.lowerBound, to: mine.upperBound, by: plan.blocksAtATime) {
                let end = min(begin + plan.blocksAtATime, mine.upperBound)
                let blocks = UnsafeBufferPointer(rebasing: all[begin..<end])
                let weight = packed + begin * plan.blockFloats
                for oy in rows {
                    let place = oy * horizontal.output * co
                    slideRow(plan, blocks, weight, over: image, row: oy, into: y + place)
                    finish(plan, blocks, planted(.slideResidual) ? nil : residual.map { $0 + place }, y + place)
                }
            }
        }
    }

    /// The part of the activation that the tile does: nothing if a residual is added before it.
    private var bounds: Bounds { epilogue.hasResidual ? Bounds() : epilogue.bounds }

    /// Applies the rest of the epilogue to the channels of some neighbouring blocks, in one row of the output.
    private func finish(
        _ plan: SlidingPlan, _ blocks: UnsafeBufferPointer<ChannelBlock>, _ residual: UnsafePointer<Float>?,
        _ y: UnsafeMutablePointer<Float>
    ) {
        guard epilogue.afterTile != nil || residual != nil else { return }
        let first = blocks[0].output
        let count = blocks[blocks.count - 1].output + plan.kernels.lanes - first
        let (rows, length) = count == co ? (1, horizontal.output * co) : (horizontal.output, count)
        for row in 0..<rows {
            let place = row * co + first
            epilogue.finish(y + place, residual.map { $0 + place }, count: length, with: plan.kernels)
        }
    }

    /// One row of the output.
    private func slideRow(
        _ plan: SlidingPlan, _ blocks: UnsafeBufferPointer<ChannelBlock>, _ weight: UnsafePointer<Float>,
        over image: UnsafePointer<Float>, row oy: Int, into y: UnsafeMutablePointer<Float>
    ) {
        let rows = vertical.taps(at: oy)
        let line = image + vertical.position(oy, tap: 0) * horizontal.input * ci
        let runsOfRow = horizontal.kernel / plan.taps
        plan.runs.withUnsafeBufferPointer { all in
            let runs = UnsafeBufferPointer(rebasing: all[rows.lowerBound * runsOfRow..<rows.upperBound * runsOfRow])
            for ox in stride(from: 0, to: horizontal.output, by: plan.size) {
                let first = horizontal.position(ox, tap: 0)
                plan.kernels.slide(
                    SlidingTile(
                        reach: plan.reach, size: plan.size, outputs: min(plan.size, horizontal.output - ox),
                        x: line + first * ci, first: first, width: horizontal.input, runs: runs, taps: plan.taps,
                        stride: horizontal.stride, ci: ci, co: co, inputs: groupInputs, blocks: blocks,
                        weight: weight, blockFloats: plan.blockFloats,
                        skipped: (1 + (planted(.slideRow) ? 0 : rows.lowerBound) * horizontal.kernel * groupInputs)
                            * plan.kernels.lanes,
                        bounds: bounds, y: y + ox * co))
            }
        }
    }
}
