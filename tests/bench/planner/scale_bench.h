#pragma once

namespace kirikae::bench {

/// 100,000 devices, 2,000 departments, 40 teams: time, memory, gap, and the independent checker.
void BenchHuge();

/// Wards of 700 devices, of which 5 % slip a week after their plan was published: time, the
/// checker, and the disturbance above the slipped devices' own.
void BenchReplan();

/// Few items, 3,960,000 places over ten years: with nothing special, with an item ready in the last
/// week, with a help desk, with an item too long for any slot.
void BenchFar();

/// Wards of 700 that can't be placed whole: one device too long for any slot, a deadline that is
/// too early for one device or for many, a calendar that is too short.
void BenchOverfull();

}  // namespace kirikae::bench
