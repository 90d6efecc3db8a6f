#include "service/planner/price_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace kirikae::planner {
namespace {

constexpr double kNever = -1e300;
constexpr double kEpsilon = 1e-9;
/// The most states of one knapsack, and rows of the linear program.
constexpr int64_t kMostStates = 20'000;
constexpr size_t kMostRows = 300;
/// What a part of a weight that must be placed and is not costs in the linear program.
constexpr double kPenalty = 50;
constexpr double kMuch = 1e9;

}  // namespace

PriceBound::PriceBound(const State& fixed, std::vector<PricedRow> rows)
    : fixed_(fixed), model_(fixed.model()), rows_(std::move(rows)) {
  std::erase_if(rows_, [](const PricedRow& row) { return row.count <= 0; });
  first_ = model_.day_count();
  grain_ = model_.visit_minutes;
  for (const PricedRow& row : rows_) {
    first_ = std::min(first_, row.first);
    last_ = std::max(last_, row.last);
    grain_ = std::gcd(grain_, row.unit->minutes);
  }
  grain_ = std::max<int64_t>(1, grain_);
  first_ = std::max(0, first_);
  last_ = std::min(last_, model_.day_count() - 1);
  usable_ = first_ <= last_;
  if (!usable_) return;
  ListSupplies();
  FindCells();
  if (!usable_) return;
  ListDesk();
  cells_at_ = static_cast<int>(supply_.size());
  for (const Cell& cell : cells_) supply_.push_back(cell.count);
  if (desk_.has_value()) {
    desk_at_ = static_cast<int>(supply_.size());
    supply_.push_back(1);
  }
  usable_ = supply_.size() < kMostRows;
}

void PriceBound::ListSupplies() {
  for (const PricedRow& row : rows_) supply_.push_back(static_cast<double>(row.count));
  pool_place_.assign(model_.pool_limit.size(), -1);
  for (const PricedRow& row : rows_) {
    for (const auto& [pool, count] : row.unit->pools) {
      if (pool_place_[pool] >= 0) continue;
      pool_place_[pool] = static_cast<int>(supply_.size());
      for (int day = first_; day <= last_; ++day) {
        const int64_t room = model_.pool_limit[pool] - fixed_.PoolUse(pool, day);
        supply_.push_back(static_cast<double>(std::max<int64_t>(0, room)));
      }
    }
  }
  if (model_.ticket_limit <= 0) return;
  const bool bind = !model_.tickets.empty() && model_.tickets[0] > 0;
  for (int day = first_; day <= last_; ++day) {
    day_devices_.push_back(bind ? std::floor(TicketsLeft(day) / model_.tickets[0]) : kMuch);
  }
}

/// The tickets that the help desk still takes on `day`.
double PriceBound::TicketsLeft(int day) const {
  double left = model_.ticket_limit + 1e-9 - model_.carried_tickets[day];
  for (int k = 0; k < static_cast<int>(model_.tickets.size()) && k <= day; ++k) {
    left -= model_.tickets[k] * static_cast<double>(fixed_.DayDevices(day - k));
  }
  return std::max(0.0, left);
}

/// The help desk's supplies: plans where they are few, else its tickets by day.
void PriceBound::ListDesk() {
  tickets_at_ = devices_at_ = static_cast<int>(supply_.size());
  if (model_.ticket_limit <= 0) return;
  int64_t all = 0;
  for (const PricedRow& row : rows_) all += row.count * row.unit->devices;
  std::vector<int64_t> most(last_ - first_ + 1, 0);
  for (const Cell& cell : cells_) {
    int64_t& here = most[cell.day - first_];
    here = std::min(all, here + cell.most * cell.count);
  }
  desk_.emplace(fixed_, first_, last_, std::move(most));
  if (!desk_->usable()) {
    desk_.reset();
    const int span = std::max(1, static_cast<int>(model_.tickets.size()));
    const int end = std::min(model_.day_count(), last_ + span);
    for (int day = first_; day < end; ++day) supply_.push_back(TicketsLeft(day));
    ticket_days_ = end - first_;
  }
  devices_at_ = static_cast<int>(supply_.size());
  supply_.insert(supply_.end(), day_devices_.begin(), day_devices_.end());
}

/// Lists the cells with the rows that fit there. Cells of a day that nothing tells apart count as
/// several of one.
void PriceBound::FindCells() {
  const int64_t all_minutes =
      std::accumulate(rows_.begin(), rows_.end(), int64_t{0}, [](int64_t sum, const auto& row) {
        return std::min(kUnlimited, sum + row.unit->minutes * row.count);
      });
  std::vector<std::vector<char>> serves(rows_.size(), std::vector<char>(model_.teams, 0));
  for (size_t r = 0; r < rows_.size(); ++r) {
    for (int t = 0; t < model_.teams; ++t) serves[r][t] = ServedBy(model_, *rows_[r].unit, t);
  }
  for (int day = first_; day <= last_; ++day) {
    using Key = std::tuple<int, int, bool, int64_t, std::vector<int>>;
    std::map<Key, size_t> alike;
    for (int cell = day * model_.cells_per_day(); cell < (day + 1) * model_.cells_per_day();
         ++cell) {
      if (!model_.IsOpen(cell)) continue;
      const int64_t free =
          std::max<int64_t>(0, model_.cell_minutes[cell] - fixed_.UsedMinutes(cell));
      int64_t devices = std::max<int64_t>(0, model_.cell_devices[cell] - fixed_.UsedDevices(cell));
      if (!day_devices_.empty()) {
        devices = std::min(devices, static_cast<int64_t>(day_devices_[day - first_]));
      }
      Cell found;
      found.cell = cell;
      found.day = day;
      found.minutes_bind = model_.cell_minutes[cell] < kUnlimited / 2;
      int64_t copies = 0, shortest = kUnlimited;
      bool any_extra = false;
      for (size_t r = 0; r < rows_.size(); ++r) {
        const PricedRow& row = rows_[r];
        if (day < row.first || day > row.last || !serves[r][model_.TeamOf(cell)] ||
            !AllowedOnDay(model_, *row.unit, day) || row.unit->split_over_phases ||
            row.unit->minutes > free || row.unit->devices > devices ||
            (row.unit->forced_cell >= 0 && row.unit->forced_cell != cell)) {
          continue;
        }
        found.rows.push_back(static_cast<int>(r));
        double extra = 0;
        for (const auto& [where, more] : row.extra) extra += where == cell ? more : 0;
        any_extra = any_extra || extra != 0;
        found.extra.push_back(extra);
        copies += row.count * row.unit->devices;
        shortest = std::min(shortest, row.unit->minutes / row.unit->devices);
      }
      if (found.rows.empty()) continue;
      // Each site may need a visit too.
      const int64_t visits = static_cast<int64_t>(model_.site_names.size());
      const int64_t minutes = std::min(free, all_minutes + model_.visit_minutes * visits) / grain_;
      found.most = std::min(devices, copies);
      found.devices_bind = found.most < copies;
      if (found.minutes_bind && shortest > 0 && free / shortest <= found.most) {
        found.most = free / shortest;
        found.devices_bind = false;
      }
      const int64_t states =
          ((found.minutes_bind ? minutes : 0) + 1) * ((found.devices_bind ? found.most : 0) + 1);
      if (minutes > kMostStates || found.most > kMostStates || states > kMostStates) {
        usable_ = false;
        return;
      }
      found.minutes = found.minutes_bind ? static_cast<int>(minutes) : 0;
      found.devices = found.devices_bind ? static_cast<int>(found.most) : 0;
      if (!any_extra && fixed_.Visits(cell) == 0) {
        Key key(found.minutes, found.devices, found.minutes_bind, found.most, found.rows);
        const auto [at, is_new] = alike.emplace(std::move(key), cells_.size());
        if (!is_new) {
          ++cells_[at->second].count;
          continue;
        }
      }
      cells_.push_back(std::move(found));
    }
  }
}

/// What one unit of the row on `day` uses, apart from the cell.
void PriceBound::AddUse(const PricedRow& row, int day, ColumnLp::Column& column) const {
  column.emplace_back(static_cast<int>(&row - rows_.data()), 1.0);
  for (const auto& [pool, count] : row.unit->pools) {
    column.emplace_back(pool_place_[pool] + day - first_, static_cast<double>(count));
  }
  const auto devices = static_cast<double>(row.unit->devices);
  if (!day_devices_.empty()) column.emplace_back(devices_at_ + day - first_, devices);
  for (int k = 0; k < static_cast<int>(model_.tickets.size()); ++k) {
    const int affected = day - first_ + k;
    if (affected >= ticket_days_) break;
    column.emplace_back(tickets_at_ + affected, devices * model_.tickets[k]);
  }
  if (weight_at_ >= 0) column.emplace_back(weight_at_, -row.unit->weight);
}

double PriceBound::PriceOf(const PricedRow& row, int day) {
  use_.clear();
  AddUse(row, day, use_);
  double price = 0;
  for (const auto& [at, amount] : use_) price += prices_[at] * amount;
  return price;
}

/// The copies of rows that are worth more than their prices, by site; of one site and length only
/// as many as the cell can hold.
void PriceBound::OfferRows(const Cell& cell) {
  offered_.clear();
  for (size_t k = 0; k < cell.rows.size(); ++k) {
    const int r = cell.rows[k];
    const PricedRow& row = rows_[r];
    const double gain = row.worth + cell.extra[k] - PriceOf(row, cell.day);
    if (gain <= kEpsilon) continue;
    const auto minutes = cell.minutes_bind ? static_cast<int>(row.unit->minutes / grain_) : 0;
    int64_t copies = std::min<int64_t>(row.count, cell.most / row.unit->devices);
    if (minutes > 0) copies = std::min<int64_t>(copies, cell.minutes / minutes);
    for (const auto& [pool, count] : row.unit->pools) {
      const double room = supply_[pool_place_[pool] + cell.day - first_];
      copies = std::min(copies, static_cast<int64_t>(room) / count);
    }
    for (; copies > 0; --copies) {
      offered_.push_back(
          {r, static_cast<int>(k), minutes, static_cast<int>(row.unit->devices), gain});
    }
  }
  std::sort(offered_.begin(), offered_.end(), [&](const Offer& a, const Offer& b) {
    return std::tuple(SiteOf(a), a.minutes, a.devices, -a.gain, a.row) <
           std::tuple(SiteOf(b), b.minutes, b.devices, -b.gain, b.row);
  });
  offers_.clear();
  int64_t run = 0;
  for (size_t k = 0; k < offered_.size(); ++k) {
    const Offer& offer = offered_[k];
    const bool same = k > 0 && SiteOf(offer) == SiteOf(offered_[k - 1]) &&
                      offer.minutes == offered_[k - 1].minutes &&
                      offer.devices == offered_[k - 1].devices;
    run = same ? run + 1 : 0;
    int64_t most = cell.most / offer.devices;
    if (offer.minutes > 0) most = std::min<int64_t>(most, cell.minutes / offer.minutes);
    if (run < most) offers_.push_back(offer);
  }
  if (cell.devices_bind) return;
  for (Offer& offer : offers_) offer.devices = 0;
}

/// -1: several sites, of which the knapsack counts no visit.
int PriceBound::SiteOf(const Offer& offer) const {
  const std::vector<int>& sites = rows_[offer.row].unit->sites;
  return sites.size() == 1 ? sites.front() : -1;
}

/// The knapsack of one cell: what its best filling is worth above the prices. Leaves that
/// filling in `filling_`.
double PriceBound::Fill(const Cell& cell) {
  filling_.clear();
  OfferRows(cell);
  if (offers_.empty()) return 0;
  const int devices = cell.devices, width = devices + 1;
  const int states = (cell.minutes + 1) * width;
  // Layer 0 is without anything; each site adds a layer for going there, then one for each offer,
  // then one for the better of going there and not.
  std::vector<std::pair<size_t, size_t>> sites;
  for (size_t k = 0; k < offers_.size(); ++k) {
    if (k == 0 || SiteOf(offers_[k]) != SiteOf(offers_[k - 1])) sites.emplace_back(k, k);
    sites.back().second = k + 1;
  }
  values_.assign(static_cast<size_t>(states), 0.0);
  taken_.assign((offers_.size() + sites.size()) * static_cast<size_t>(states), 0);
  std::vector<double>& inside = inside_;
  inside.assign(static_cast<size_t>(states), 0.0);
  work_ += static_cast<int64_t>(offers_.size() + sites.size()) * states;
  const auto visit_of = [&](size_t first) {
    const int site = SiteOf(offers_[first]);
    if (site < 0 || !cell.minutes_bind || fixed_.Visited(cell.cell, site)) return 0;
    return static_cast<int>(model_.visit_minutes / grain_);
  };
  for (size_t s = 0; s < sites.size(); ++s) {
    const int visit = visit_of(sites[s].first);
    for (int state = 0; state < states; ++state) {
      inside[state] = state / width >= visit ? values_[state - visit * width] : kNever;
    }
    for (size_t k = sites[s].first; k < sites[s].second; ++k) {
      const Offer& offer = offers_[k];
      const int shift = offer.minutes * width + offer.devices;
      char* const taken = &taken_[(k + s) * static_cast<size_t>(states)];
      for (int minutes = cell.minutes; minutes >= offer.minutes; --minutes) {
        for (int d = devices; d >= offer.devices; --d) {
          const int state = minutes * width + d;
          const double with = inside[state - shift] + offer.gain;
          if (with > inside[state]) {
            inside[state] = with;
            taken[state] = 1;
          }
        }
      }
    }
    char* const gone = &taken_[(sites[s].second + s) * static_cast<size_t>(states)];
    for (int state = 0; state < states; ++state) {
      if (inside[state] <= values_[state]) continue;
      values_[state] = inside[state];
      gone[state] = 1;
    }
  }
  const double best = values_[states - 1];
  int state = states - 1;
  for (size_t s = sites.size(); s-- > 0;) {
    if (!taken_[(sites[s].second + s) * static_cast<size_t>(states) + state]) continue;
    for (size_t k = sites[s].second; k-- > sites[s].first;) {
      if (!taken_[(k + s) * static_cast<size_t>(states) + state]) continue;
      filling_.push_back(offers_[k].place);
      state -= offers_[k].minutes * width + offers_[k].devices;
    }
    state -= visit_of(sites[s].first) * width;
  }
  return best;
}

/// Lets the last filling of the cell enter.
void PriceBound::Enter(ColumnLp& lp, size_t cell) {
  const Cell& at = cells_[cell];
  double worth = 0;
  std::map<int, double> sum;
  for (const int place : filling_) {
    const PricedRow& row = rows_[at.rows[place]];
    worth += row.worth + at.extra[place];
    use_.clear();
    AddUse(row, at.day, use_);
    for (const auto& [where, amount] : use_) sum[where] += amount;
  }
  sum[cells_at_ + static_cast<int>(cell)] = 1;
  lp.Enter(ColumnLp::Column(sum.begin(), sum.end()), worth);
}

/// Lets the desk's best plan enter where it gains. Returns what it is worth above the first plan.
double PriceBound::EnterPlan(ColumnLp& lp, bool& gains) {
  const std::vector<double> prices(prices_.begin() + devices_at_,
                                   prices_.begin() + devices_at_ + (last_ - first_ + 1));
  const DeskPlans::Plan plan = desk_->Best(prices);
  work_ += desk_->work();
  double worth = 0;
  ColumnLp::Column column;
  for (size_t day = 0; day < prices.size(); ++day) {
    const int more = plan.devices[day] - first_plan_.devices[day];
    if (more == 0) continue;
    worth += prices[day] * more;
    column.emplace_back(devices_at_ + static_cast<int>(day), -more);
  }
  if (worth <= prices_[desk_at_] + 1e-7) return std::max(0.0, worth);
  gains = true;
  column.emplace_back(desk_at_, 1.0);
  lp.Enter(column, 0);
  return worth;
}

double PriceBound::Bound(double weight, double enough, int rounds, Budget& budget) {
  std::vector<double> supply = supply_;
  if (weight_at_ >= 0) supply.push_back(-weight);
  if (desk_.has_value()) {
    first_plan_ = desk_->Best(std::vector<double>(day_devices_.size(), 1.0));
    std::copy(first_plan_.devices.begin(), first_plan_.devices.end(), supply.begin() + devices_at_);
  }
  ColumnLp lp(supply, kPenalty);
  double best = std::numeric_limits<double>::infinity();
  const auto pivot_steps = static_cast<int64_t>(supply.size() * supply.size() / 16 + 1);
  for (int round = 0; round < rounds && !budget.Exhausted(); ++round) {
    lp.FreeRows();
    prices_ = lp.prices();
    double value = 0;
    for (size_t r = 0; r < supply.size(); ++r) {
      // Whatever the prices that are not negative, the bound holds.
      prices_[r] = std::max(0.0, prices_[r]);
      if (static_cast<int>(r) < cells_at_ || static_cast<int>(r) == weight_at_) {
        value += prices_[r] * supply[r];
      }
    }
    work_ = 0;
    bool gains = false;
    if (desk_.has_value()) value += EnterPlan(lp, gains);
    for (size_t c = 0; c < cells_.size(); ++c) {
      const double filled = Fill(cells_[c]);
      value += filled * cells_[c].count;
      if (filled <= prices_[cells_at_ + c] + 1e-7) continue;
      gains = true;
      Enter(lp, c);
      work_ += pivot_steps * 8;
    }
    budget.Spend(work_ / 8 + 1);
    // Rounding errors of the sums are far smaller than this.
    best = std::min(best, value + 1e-7 * (1 + std::fabs(value)));
    if (best <= enough || !gains) break;
    // The linear program's own worth only grows, and no bound of this kind is below it.
    if (lp.Worth() > enough + 1e-4 && best - lp.Worth() < 1e-5) break;
  }
  return best;
}

double PriceBound::MostWorth(double enough, int rounds, Budget& budget) {
  return Bound(0, enough, rounds, budget);
}

double PriceBound::MostWorthPlacing(double weight, double enough, int rounds, Budget& budget) {
  weight_at_ = static_cast<int>(supply_.size());
  const double most = Bound(weight, enough, rounds, budget);
  weight_at_ = -1;
  return most;
}

}  // namespace kirikae::planner
