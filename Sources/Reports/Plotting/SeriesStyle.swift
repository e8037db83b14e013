/// How the series of a plot are told apart: by hue and by lightness, pattern, shape and dash, so that a grey print reads.
struct SeriesStyle {
    let color: String
    /// gnuplot's fill style of a bar.
    let fill: String
    let pointType: Int
    let dashType: Int

    /// Two bars are solid, dark and light; from the third on a pattern tells them apart in grey.
    private static let all = [
        SeriesStyle(color: "#22406e", fill: "solid 1.0", pointType: 7, dashType: 1),
        SeriesStyle(color: "#e8a33d", fill: "solid 1.0", pointType: 5, dashType: 2),
        SeriesStyle(color: "#1f8a70", fill: "pattern 4", pointType: 9, dashType: 4),
        SeriesStyle(color: "#8a63b0", fill: "pattern 2", pointType: 13, dashType: 3),
        SeriesStyle(color: "#7c2238", fill: "pattern 5", pointType: 11, dashType: 5),
        SeriesStyle(color: "#5aa0d0", fill: "empty", pointType: 6, dashType: 1),
        SeriesStyle(color: "#4d4d4d", fill: "pattern 1", pointType: 4, dashType: 2),
        SeriesStyle(color: "#9aa62f", fill: "pattern 6", pointType: 8, dashType: 4),
    ]

    /// The style of a series. After the eighth colours come again, each time with the marks and patterns of another.
    static func number(_ index: Int) -> SeriesStyle {
        let (round, place) = index.quotientAndRemainder(dividingBy: all.count)
        let marks = all[(place + 3 * round) % all.count]
        return SeriesStyle(
            color: all[place].color, fill: marks.fill, pointType: marks.pointType, dashType: marks.dashType)
    }
    static var count: Int { all.count }
}
