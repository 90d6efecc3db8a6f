#pragma once

namespace kirikae::bench {

/// 100,000 devices, 2,000 departments, 40 teams: time, memory, gap, and the independent checker.
void BenchHuge();

/// Wards of 700 devices, of which 5 % slip a week after their plan was published: time, the
/// checker, and the disturbance above the slipped devices' own.
void BenchReplan();

}  // namespace kirikae::bench
