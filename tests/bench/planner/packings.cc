#include "tests/bench/planner/packings.h"

#include <algorithm>
#include <cmath>

#include "tests/planner/dice.h"

namespace kirikae::bench {
namespace {

using planner::TestDice;

/// Cuts a bin's `fill` into pieces of at least `least` and at most `most`.
std::vector<int64_t> Cut(TestDice& dice, int64_t fill, int pieces, int64_t least, int64_t most) {
  std::vector<int64_t> cut;
  for (int left = pieces; left > 1; --left) {
    const int64_t low = std::max(least, fill - most * (left - 1));
    const int64_t high = std::min(most, fill - least * (left - 1));
    const int64_t piece = dice.From(static_cast<int>(low), static_cast<int>(high));
    cut.push_back(piece);
    fill -= piece;
  }
  cut.push_back(fill);
  return cut;
}

Packing Planted(TestDice& dice, int64_t capacity, int bins, int fewest, int most_pieces,
                int64_t least_size, int64_t slack) {
  Packing packing;
  packing.capacity = capacity;
  packing.planted = bins;
  for (int b = 0; b < bins; ++b) {
    const int64_t wasted = slack == 0 ? 0 : dice.From(0, static_cast<int>(slack));
    const std::vector<int64_t> cut = Cut(dice, capacity - wasted, dice.From(fewest, most_pieces),
                                         least_size, capacity - least_size);
    packing.sizes.insert(packing.sizes.end(), cut.begin(), cut.end());
  }
  return packing;
}

/// Falkenauer's T: one item of 380..490, the rest of 1000 split into two of at least 250.
Packing Triplets(TestDice& dice, int items) {
  Packing packing;
  packing.capacity = 1'000;
  packing.planted = items / 3;
  for (int b = 0; b < items / 3; ++b) {
    const int first = dice.From(380, 490);
    const int second = dice.From(250, (1'000 - first) / 2);
    for (int size : {first, second, 1'000 - first - second}) packing.sizes.push_back(size);
  }
  return packing;
}

Packing Uniform(TestDice& dice, int64_t capacity, int items, int64_t least, int64_t most) {
  Packing packing;
  packing.capacity = capacity;
  for (int i = 0; i < items; ++i) {
    packing.sizes.push_back(dice.From(static_cast<int>(least), static_cast<int>(most)));
  }
  return packing;
}

class Maker {
 public:
  explicit Maker(double scale) : scale_(scale) {}

  std::vector<PackingClass> Make() {
    Cuts();
    Falkenauer();
    Scholl();
    SchwerinAndWaescher();
    Hard();
    ManySizes();
    return std::move(classes_);
  }

 private:
  template <typename One>
  void Add(const std::string& name, int count, One one) {
    if (classes_.empty() || classes_.back().name != name) classes_.push_back({name, {}});
    std::vector<Packing>& packings = classes_.back().packings;
    for (int i = 0; i < std::max(1, static_cast<int>(std::lround(count * scale_))); ++i) {
      packings.push_back(one());
      packings.back().name = name + "/" + std::to_string(packings.size());
    }
  }

  void Cuts() {
    for (int bins : {20, 50, 100, 150}) {
      Add("planted", 15, [&] { return Planted(dice_, 1'000, bins, 2, 7, 20, 0); });
    }
    for (int bins : {20, 50, 100, 150}) {
      const int64_t slack = 900 / bins;
      Add("near-perfect", 15, [&] { return Planted(dice_, 1'000, bins, 2, 5, 60, slack); });
    }
    for (int bins : {20, 50, 100}) {
      Add("near-perfect, fine", 15, [&] { return Planted(dice_, 10'000, bins, 3, 4, 500, 90); });
    }
  }

  void Falkenauer() {
    for (int items : {60, 120, 249, 501}) {
      Add("triplets, " + std::to_string(items), 20, [&] { return Triplets(dice_, items); });
    }
    for (int items : {120, 250, 500, 1'000}) {
      Add("uniform, " + std::to_string(items), 20,
          [&] { return Uniform(dice_, 150, items, 20, 100); });
    }
  }

  void Scholl() {
    for (int items : {50, 100, 200, 500}) {
      for (int capacity : {100, 120, 150}) {
        for (int least : {1, 20, 30}) {
          Add("Scholl 1", 4, [&] { return Uniform(dice_, capacity, items, least, 100); });
        }
      }
    }
    for (int items : {50, 100, 200, 500}) {
      for (int part : {3, 5, 7, 9}) {
        for (int spread : {20, 50, 90}) {
          const double mean = 1'000.0 / part;
          const auto least = static_cast<int64_t>(std::ceil(mean * (100 - spread) / 100));
          const auto most = static_cast<int64_t>(std::floor(mean * (100 + spread) / 100));
          Add("Scholl 2", 2, [&] { return Uniform(dice_, 1'000, items, least, most); });
        }
      }
    }
    Add("Scholl 3", 20, [&] { return Uniform(dice_, 100'000, 200, 20'000, 35'000); });
  }

  void SchwerinAndWaescher() {
    Add("Schwerin 1", 50, [&] { return Uniform(dice_, 1'000, 100, 150, 200); });
    Add("Schwerin 2", 50, [&] { return Uniform(dice_, 1'000, 120, 150, 200); });
    Add("Waescher", 20, [&] {
      const int64_t most = 100 * dice_.From(25, 70);
      return Uniform(dice_, 10'000, dice_.From(57, 239), 1, most);
    });
  }

  /// Like Hard28: 160 to 200 items of 1 to 800 in bins of 1000 with almost no waste.
  void Hard() {
    Add("Hard28", 28, [&] {
      Packing packing;
      do {
        packing = Planted(dice_, 1'000, dice_.From(60, 76), 2, 4, 1, 4);
      } while (packing.sizes.size() < 160 || packing.sizes.size() > 200 ||
               *std::max_element(packing.sizes.begin(), packing.sizes.end()) > 990);
      return packing;
    });
  }

  /// Like the sets AA and BB of Gschwind and Irnich: 125 or 250 different sizes, 1 to 19 of each.
  void ManySizes() {
    const auto many = [&](int64_t capacity, int kinds, int least, int most) {
      Packing packing;
      packing.capacity = capacity;
      for (int k = 0; k < kinds; ++k) {
        packing.sizes.insert(packing.sizes.end(), static_cast<size_t>(dice_.From(1, 19)),
                             dice_.From(least, most));
      }
      return packing;
    };
    for (const int kinds : {125, 250}) {
      Add("many sizes, large", 10, [&] { return many(500'000, kinds, 66'667, 333'333); });
      Add("many sizes, all", 10, [&] { return many(1'500'000, kinds, 13'000, 999'999); });
    }
    Add("500 sizes", 6, [&] { return many(500'000, 500, 66'667, 333'333); });
    Add("1,000 items", 10, [&] { return Uniform(dice_, 1'000, 1'000, 100, 800); });
  }

  const double scale_;
  TestDice dice_{20'250'401};
  std::vector<PackingClass> classes_;
};

}  // namespace

std::vector<PackingClass> AllPackings(double scale) { return Maker(scale).Make(); }

int64_t LeastBins(const Packing& packing) {
  const int64_t capacity = packing.capacity;
  int64_t total = 0;
  for (int64_t size : packing.sizes) total += size;
  int64_t least = (total + capacity - 1) / capacity;
  for (int64_t small : packing.sizes) {
    if (2 * small > capacity) continue;
    int64_t alone = 0, halves = 0, half_room = 0, rest = 0;
    for (int64_t size : packing.sizes) {
      if (size > capacity - small) {
        ++alone;
      } else if (2 * size > capacity) {
        ++halves;
        half_room += capacity - size;
      } else if (size >= small) {
        rest += size;
      }
    }
    const int64_t more = std::max<int64_t>(0, rest - half_room);
    least = std::max(least, alone + halves + (more + capacity - 1) / capacity);
  }
  return least;
}

planner::PlanProblem ProblemOf(const Packing& packing) {
  planner::PlanProblem problem;
  int64_t total = 0;
  for (int64_t size : packing.sizes) total += size;
  problem.calendar.first_day = absl::CivilDay(2025, 4, 1);
  constexpr int64_t kMostDays = 3'650;
  problem.calendar.last_day =
      problem.calendar.first_day + std::min(kMostDays, 2 * (total / packing.capacity + 1));
  for (int w = 0; w < 7; ++w) {
    problem.calendar.weekly_open.push_back(static_cast<absl::Weekday>(w));
  }
  planner::Team team;
  team.id = "t";
  team.minutes_per_slot = packing.capacity;
  problem.teams.push_back(team);
  problem.phases.push_back({"all", std::nullopt, std::nullopt, 0});
  for (size_t i = 0; i < packing.sizes.size(); ++i) {
    planner::Item item;
    item.id = "i" + std::to_string(i);
    item.minutes = packing.sizes[i];
    item.phase = "all";
    problem.items.push_back(item);
  }
  return problem;
}

}  // namespace kirikae::bench
