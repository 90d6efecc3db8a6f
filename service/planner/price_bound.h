// What cells can take, when units, pools and the help desk have prices.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/column_lp.h"
#include "service/planner/desk_plans.h"
#include "service/planner/state.h"

namespace kirikae::planner {

/// Equal units to be placed on the days first..last of a PriceBound's cells.
struct PricedRow {
  const Unit* unit = nullptr;
  int64_t count = 0;
  int first = 0;
  int last = -1;
  /// What placing one of them is worth, and the cells in which it is worth more.
  double worth = 0;
  std::vector<std::pair<int, double>> extra;
};

/// Decomposition after Dantzig and Wolfe (1960): each cell is filled on its own, as a knapsack of
/// minutes and devices with its visits. Prices of the units, of the pools' days, of the help desk's
/// days and of the cells pay for what no cell sees. Where the help desk's plans are few
/// (DeskPlans), the best of them at the days' prices stands for its tickets. Whatever the prices,
/// what the cells and the desk are worth above them plus the price of all that there is bounds what
/// any plan is worth (Lasdon 1970); a linear program over fillings finds good ones. `fixed` holds
/// only the fixed units; it and the rows' units must outlive this object. Not thread-safe.
class PriceBound {
 public:
  PriceBound(const State& fixed, std::vector<PricedRow> rows);

  /// Whether the knapsacks and the linear program are small enough; without it, call nothing else.
  bool usable() const { return usable_; }
  /// No plan of the rows is worth more. Stops early once that is at most `enough`.
  double MostWorth(double enough, int rounds, Budget& budget);
  /// The same for plans that place at least `weight` of the rows' units.
  double MostWorthPlacing(double weight, double enough, int rounds, Budget& budget);

 private:
  /// Cells of one day that are filled alike.
  struct Cell {
    int cell = 0;
    int count = 1;
    int day = 0;
    /// In units of `grain_`; 0 where minutes do not bind.
    int minutes = 0;
    /// 0 where devices do not bind.
    int devices = 0;
    bool minutes_bind = true, devices_bind = true;
    /// The most devices that it takes.
    int64_t most = 0;
    std::vector<int> rows;
    std::vector<double> extra;
  };
  /// One copy of a row offered to a cell.
  struct Offer {
    int row = 0;
    int place = 0;
    int minutes = 0;
    int devices = 0;
    double gain = 0;
  };

  void ListSupplies();
  void ListDesk();
  double TicketsLeft(int day) const;
  void FindCells();
  double Fill(const Cell& cell);
  void OfferRows(const Cell& cell);
  int SiteOf(const Offer& offer) const;
  void AddUse(const PricedRow& row, int day, ColumnLp::Column& column) const;
  double PriceOf(const PricedRow& row, int day);
  void Enter(ColumnLp& lp, size_t cell);
  double EnterPlan(ColumnLp& lp, bool& gains);
  double Bound(double weight, double enough, int rounds, Budget& budget);

  const State& fixed_;
  const Model& model_;
  std::vector<PricedRow> rows_;
  bool usable_ = false;
  int first_ = 0, last_ = -1;
  int64_t grain_ = 1;
  std::vector<Cell> cells_;
  /// The supplies of the linear program: rows, pools by day, tickets by day (without `desk_`),
  /// devices by day, cells, the desk's plan (with `desk_`), and the weight to be placed.
  std::vector<double> supply_;
  std::vector<int> pool_place_;
  int tickets_at_ = 0, devices_at_ = 0, cells_at_ = 0, desk_at_ = -1, weight_at_ = -1;
  int ticket_days_ = 0;
  /// By day: the devices that the tickets allow where no other day has any.
  std::vector<double> day_devices_;
  std::optional<DeskPlans> desk_;
  /// The plan that the linear program begins with; others stand in it as what they differ.
  DeskPlans::Plan first_plan_;
  /// The prices that Fill() goes by, and the filling that it found: places in Cell::rows.
  std::vector<double> prices_;
  std::vector<int> filling_;
  std::vector<Offer> offered_, offers_;
  std::vector<double> values_, inside_;
  std::vector<char> taken_;
  ColumnLp::Column use_;
  int64_t work_ = 0;
};

}  // namespace kirikae::planner
