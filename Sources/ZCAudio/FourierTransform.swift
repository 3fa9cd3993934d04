import Glibc

/// The discrete Fourier transform of a power of two of real samples, seen through a Hann window.
struct FourierTransform: Sendable {
  let size: Int
  private let window: [Double]
  /// Where each sample goes before the first stage: its index with the bits reversed.
  private let places: [Int]
  private let cosines: [Double]
  private let sines: [Double]

  /// - Parameter size: a power of two, 4 or more.
  init(size: Int) {
    self.size = size
    let turn = 2 * Double.pi / Double(size)
    // Periodic: the sample after the last is the first again.
    window = (0..<size).map { 0.5 - 0.5 * cos(turn * Double($0)) }
    let unused = size.leadingZeroBitCount + 1
    places = (0..<size).map { Int(bitPattern: UInt(bitPattern: $0).bitReversed >> UInt(unused)) }
    cosines = (0..<size / 2).map { cos(turn * Double($0)) }
    sines = (0..<size / 2).map { sin(turn * Double($0)) }
  }

  /// The amplitudes of the sines that make up the samples, at the frequencies 0, 1, … size/2 − 1
  /// turns in all the samples: 1 for a sine of full scale.
  func amplitudes(of samples: [Double]) -> [Double] {
    var real = [Double](repeating: 0, count: size)
    var imaginary = real
    for (index, place) in places.enumerated() { real[place] = samples[index] * window[index] }
    // Radix 2, decimation in time (Cooley and Tukey 1965).
    var half = 1
    while half < size {
      let step = size / 2 / half
      for group in stride(from: 0, to: size, by: 2 * half) {
        for index in 0..<half {
          let (upper, lower) = (group + index, group + index + half)
          let (c, s) = (cosines[index * step], sines[index * step])
          let x = real[lower] * c + imaginary[lower] * s
          let y = imaginary[lower] * c - real[lower] * s
          real[lower] = real[upper] - x
          imaginary[lower] = imaginary[upper] - y
          real[upper] += x
          imaginary[upper] += y
        }
      }
      half *= 2
    }
    // The window's sum is size/2. A sine's other half lies at its negative frequency, the mean's
    // does not.
    return (0..<size / 2).map { bin in
      hypot(real[bin], imaginary[bin]) * (bin == 0 ? 2 : 4) / Double(size)
    }
  }
}

extension UInt {
  /// The first bit last.
  fileprivate var bitReversed: UInt {
    var reversed: UInt = 0
    for bit in 0..<UInt.bitWidth where self >> bit & 1 == 1 {
      reversed |= 1 << (UInt.bitWidth - 1 - bit)
    }
    return reversed
  }
}
