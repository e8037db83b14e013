import Foundation
import Platform
import Results
import Testing

@Suite struct HotCodeTests {
    @Test func equalPlacesAreAdded() {
        let code = HotCode(
            [
                .init(object: "", address: 7, count: 1), .init(object: "/lib/a.so", address: 7, count: 2),
                .init(object: "", address: 9, count: 1), .init(object: "", address: 7, count: 3),
            ], others: 5)
        #expect(
            code.places == [
                .init(object: "", address: 7, count: 4), .init(object: "/lib/a.so", address: 7, count: 2),
                .init(object: "", address: 9, count: 1),
            ])
        #expect(code.others == 5 && code.samples == 12)
    }

    @Test func thePlacesWithMostSamplesAreKept() {
        let all = (0..<2000).map { HotCode.Place(object: "", address: UInt64($0), count: 1 + $0 % 7) }
        let code = HotCode(all)
        #expect(code.places.count == HotCode.mostPlaces)
        #expect(code.samples == all.reduce(0) { $0 + $1.count })
        #expect(code.places.allSatisfy { $0.count >= 6 })
    }

    @Test func itIsALineOfJSON() throws {
        let code = HotCode(
            [.init(object: "", address: .max, count: 4), .init(object: "/lib/a.so", address: 7, count: 2)], others: 1)
        let line = try JSONLine.encode(code)
        #expect(try JSONLine.decode(HotCode.self, from: line) == code)
    }

    @Test(arguments: [
        #"{"others":-1,"places":[]}"#, #"{"others":0,"places":[{"address":1,"count":-5,"object":""}]}"#,
        #"{"others":0,"places":[{"address":1,"count":9223372036854775807,"object":""}]}"#, #"{"places":[]}"#,
        #"{"others":0,"places":[{"address":-1,"count":1,"object":""}]}"#,
    ])
    func impossibleCountsAreRefused(_ line: String) {
        #expect(throws: DecodingError.self) { try JSONLine.decode(HotCode.self, from: Data(line.utf8)) }
    }
}
