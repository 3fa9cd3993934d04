// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [
  .unsafeFlags(["-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror", "-fvisibility=default"])
]

let package = Package(
  name: "zcgpu",
  products: [.library(name: "zcgpu_native", type: .dynamic, targets: ["ZCABI", "native"])],
  targets: [
    .target(name: "CZCGPU", path: "CBridge/CZCGPU", cSettings: strictC),
    .systemLibrary(name: "CGLES", path: "CBridge/CGLES"),
    .systemLibrary(name: "CAV", path: "CBridge/CAV"),
    .systemLibrary(name: "CPython", path: "CBridge/CPython", pkgConfig: "python3"),
    .target(
      name: "native", dependencies: ["CZCGPU", "CPython"], path: "CBridge/native",
      cSettings: strictC),

    .target(name: "CFlight", path: "CBridge/CFlight", cSettings: strictC),
    .target(name: "ZCCore", dependencies: ["CFlight"], swiftSettings: strict),
    .target(name: "ZCGL", dependencies: ["ZCCore", "CGLES"], swiftSettings: strict),
    .target(name: "ZCContext", dependencies: ["ZCCore", "ZCGL"], swiftSettings: strict),
    .target(name: "ZCISF", dependencies: ["ZCCore"], swiftSettings: strict),
    .target(name: "ZCAudio", dependencies: ["ZCCore"], swiftSettings: strict),
    .target(name: "CColor", path: "CBridge/CColor", cSettings: strictC),
    .target(name: "ZCColor", dependencies: ["ZCCore", "CColor"], swiftSettings: strict),
    .target(name: "ZCPipeline", dependencies: ["ZCCore"], swiftSettings: strict),
    .target(
      name: "ZCVideo",
      dependencies: ["CAV", "ZCCore", "ZCGL", "ZCContext", "ZCColor", "ZCPipeline"],
      swiftSettings: strict),
    .target(
      name: "ZCRender", dependencies: ["ZCCore", "ZCGL", "ZCContext", "ZCISF", "ZCAudio"],
      swiftSettings: strict),
    .target(
      name: "ZCABI",
      dependencies: [
        "CFlight", "CZCGPU", "ZCCore", "ZCGL", "ZCContext", "ZCISF", "ZCAudio", "ZCRender",
        "ZCColor", "ZCPipeline", "ZCVideo",
      ],
      swiftSettings: strict),

    .target(
      name: "ZCTestSupport", dependencies: ["ZCCore", "ZCGL", "ZCContext"],
      path: "Tests/ZCTestSupport",
      swiftSettings: strict),
    .testTarget(
      name: "ZCCoreTests", dependencies: ["CFlight", "ZCCore", "ZCTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "ZCAudioTests", dependencies: ["ZCCore", "ZCAudio"], swiftSettings: strict),
    .testTarget(name: "ZCISFTests", dependencies: ["ZCCore", "ZCISF"], swiftSettings: strict),
    .testTarget(name: "ZCColorTests", dependencies: ["ZCCore", "ZCColor"], swiftSettings: strict),
    .testTarget(
      name: "ZCPipelineTests", dependencies: ["ZCCore", "ZCPipeline"], swiftSettings: strict),
    .testTarget(
      name: "ZCVideoTests",
      dependencies: [
        "CAV", "ZCCore", "ZCGL", "ZCContext", "ZCColor", "ZCPipeline", "ZCVideo", "ZCTestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "ZCGLTests", dependencies: ["ZCCore", "ZCGL"], swiftSettings: strict),
    .testTarget(
      name: "ZCContextTests",
      dependencies: ["ZCCore", "ZCGL", "ZCContext", "ZCTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ZCRenderTests",
      dependencies: [
        "ZCCore", "ZCGL", "ZCContext", "ZCISF", "ZCAudio", "ZCRender", "ZCTestSupport",
      ],
      swiftSettings: strict),
  ]
)
