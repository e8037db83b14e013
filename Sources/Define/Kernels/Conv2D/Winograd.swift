import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

extension Conv2D {
    /// Winograd's F(4x4, 3x3): 36 products instead of 144 for four by four pixels, plus sums before and after them.
    var winograd: Implementation? {
        guard let plan = WinogradPlan(self) else { return nil }
        let product = plan.product
        var workspace = Workspace()
        let buffers = product.buffers(in: &workspace, matrices: WinogradPlan.places)
        let zeros = workspace.packed(buffers.start.count)
        let (work, patch) = (workspace.perThread(plan.workFloats), workspace.perThread(plan.patchFloats))
        return Implementation(
            "winograd", "F(4x4, 3x3): four times fewer products, for a larger error", threading: .any,
            workspace: workspace, errorGrowth: WinogradTransform.errorGrowth,
            executedMACs: images * plan.rows * plan.columns * WinogradPlan.places * ci * co
        ) { tensors, setting, memory in
            let (x, y) = (tensors["x"], tensors["y"])
            plan.pack(tensors["weight"], into: memory[buffers.packed])
            product.pack(bias: tensors.optional("bias")?.floats, into: memory[buffers.start])
            let residual = tensors.optional("residual")
            return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                for image in 0..<images {
                    let place = image * vertical.output * horizontal.output * co
                    WinogradRun(
                        conv: self, plan: plan, packed: memory[buffers.packed], bias: memory[buffers.start],
                        zeros: memory[zeros], work: memory[work, share.index], patch: memory[patch, share.index],
                        scratch: memory[buffers.scratch, share.index],
                        x: x.floats + image * vertical.input * horizontal.input * ci,
                        residual: residual.map { $0.floats + place }, y: y.floats + place)(share)
                }
            }
        }
    }
}

extension Conv2D {
    /// `winograd` in place of `native` if it is expected to take at least a quarter less time.
    package func implementation(preferring name: String) -> String {
        name == "native" && prefersWinograd ? "winograd" : name
    }

    /// Costs are in MACs. Besides its products, winograd spends about 1000 per tile and channel, in or out, on
    /// transforms, and 8 on fetching a transformed weight, of which there are four times as many. Both numbers are
    /// fitted cautiously, on squares of 4 to 112 pixels with 16 to 512 channels under AVX-512. Few channels do not make
    /// up for the transforms, nor few tiles for the weights.
    var prefersWinograd: Bool {
        guard let plan = WinogradPlan(self) else { return false }
        let (tiles, weights) = (Double(plan.rows * plan.columns), Double(WinogradPlan.places) * Double(ci) * Double(co))
        let winograd = tiles * weights + 1000 * tiles * Double(ci + co) + 8 * weights
        return 0.75 * Double(macs) / Double(images) >= winograd
    }
}

/// One image, block of tiles by block of tiles.
private struct WinogradRun {
    let conv: Conv2D
    let plan: WinogradPlan
    let packed: UnsafePointer<Float>
    let bias: UnsafePointer<Float>
    let zeros: UnsafePointer<Float>
    let work: UnsafeMutablePointer<Float>
    let patch: UnsafeMutablePointer<Float>
    let scratch: UnsafeMutablePointer<Float>
    let x: UnsafePointer<Float>
    let residual: UnsafePointer<Float>?
    let y: UnsafeMutablePointer<Float>

    private var products: UnsafeMutablePointer<Float> { work + WinogradPlan.places * plan.inputStep }

    func callAsFunction(_ share: Share) {
        let mine = share.range(of: plan.rows * plan.columns)
        let blocks = (mine.count + plan.tilesAtATime - 1) / plan.tilesAtATime
        for block in 0..<blocks {
            let part = Share(block, of: blocks).range(of: mine.count)
            run(mine.lowerBound + part.lowerBound..<mine.lowerBound + part.upperBound)
        }
    }

    private func run(_ tiles: Range<Int>) {
        for tile in tiles { transform(tile, into: work + (tile - tiles.lowerBound) * conv.ci) }
        if planted(.winogradInput) { work[7 * plan.inputStep + conv.ci - 1] = 0 }
        for place in 0..<WinogradPlan.places {
            let source = UnsafePointer(work) + place * plan.inputStep
            plan.product.run(
                rows: tiles.count,
                TiledProduct.Memory(
                    packed: packed + place * plan.product.packedFloats, start: zeros, scratch: scratch, residual: nil,
                    c: products + place * plan.outputStep, stride: conv.co)
            ) { source + $0 * conv.ci }
        }
        if planted(.winogradOutput) { products[(WinogradPlan.places - 1) * plan.outputStep + conv.co - 1] = 0 }
        for tile in tiles { finish(tile, products + (tile - tiles.lowerBound) * conv.co) }
    }

    /// Transforms the six by six pixels under a tile. If it sees padding, they are copied first, with zeros around.
    private func transform(_ tile: Int, into target: UnsafeMutablePointer<Float>) {
        let (row, column) = tile.quotientAndRemainder(dividingBy: plan.columns)
        let seen = Area(conv.vertical.input, conv.horizontal.input, size: WinogradTransform.inputs)
        let (top, left) = (
            row * WinogradTransform.outputs - conv.vertical.padding,
            column * WinogradTransform.outputs - conv.horizontal.padding
        )
        let (rows, columns) = seen.visible(top: top, left: left)
        let channels = conv.ci
        let isWhole = rows.count == WinogradTransform.inputs && columns.count == WinogradTransform.inputs
        if !isWhole {
            if !planted(.winogradStale) { patch.update(repeating: 0, count: WinogradPlan.places * channels) }
            for y in rows {
                let line = x + ((top + y) * conv.horizontal.input + left + columns.lowerBound) * channels
                let target = patch + (y * WinogradTransform.inputs + columns.lowerBound) * channels
                target.update(from: line, count: columns.count * channels)
            }
        }
        let source = isWhole ? x + (top * conv.horizontal.input + left) * channels : UnsafePointer(patch)
        let width = isWhole ? conv.horizontal.input : WinogradTransform.inputs
        plan.product.kernels.winogradInput(
            WinogradTile(
                rowStep: width * channels, pixelStep: channels, placeStep: plan.inputStep, channels: channels),
            source, into: target)
    }

    /// Transforms the products of a tile back. If it reaches beyond the edge, only the part inside is copied.
    private func finish(_ tile: Int, _ source: UnsafePointer<Float>) {
        let (row, column) = tile.quotientAndRemainder(dividingBy: plan.columns)
        let (top, left) = (row * WinogradTransform.outputs, column * WinogradTransform.outputs)
        let (rows, columns) = Area(
            conv.vertical.output, conv.horizontal.output, size: WinogradTransform.outputs
        ).visible(top: top, left: left)
        let channels = conv.co
        let isWhole = rows.count == WinogradTransform.outputs && columns.count == WinogradTransform.outputs
        let target = y + (top * conv.horizontal.output + left) * channels
        let width = isWhole ? conv.horizontal.output : WinogradTransform.outputs
        let kernels = plan.product.kernels
        kernels.winogradOutput(
            WinogradTile(
                rowStep: width * channels, pixelStep: channels, placeStep: plan.outputStep, channels: channels),
            source, bias: bias,
            residual: isWhole && !planted(.winogradResidual) ? residual.map { $0 + (target - y) } : nil,
            bounds: isWhole && !planted(.winogradMost) ? conv.epilogue.bounds : Bounds(),
            into: isWhole ? target : patch)
        for row in rows {
            let (line, count) = (target + row * conv.horizontal.output * channels, columns.count * channels)
            if !isWhole {
                line.update(from: patch + row * WinogradTransform.outputs * channels, count: count)
                conv.epilogue.finish(line, residual.map { $0 + (line - y) }, count: count, with: kernels)
            } else if let function = conv.epilogue.afterTile {
                kernels.apply(function, count: count, line, into: line)
            }
        }
    }
}

/// An image, and squares of pixels that may reach over its edges.
private struct Area {
    let height: Int
    let width: Int
    let size: Int

    init(_ height: Int, _ width: Int, size: Int) {
        self.height = height
        self.width = width
        self.size = size
    }

    /// The rows and the columns of a square that lie in the image.
    func visible(top: Int, left: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        func visible(_ first: Int, _ extent: Int) -> Range<Int> {
            let low = min(max(0, -first), size)
            return low..<max(low, min(size, extent - first))
        }
        return (visible(top, height), visible(left, width))
    }
}
