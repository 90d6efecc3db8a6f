#include "service/server/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "service/app/rollouts/phases.h"
#include "service/domain/values.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

// Collects families of metrics.
class Families {
 public:
  void Gauge(const char* name, const char* help, double value, Labels labels = {}) {
    Metric(name, help, MetricType::Gauge, std::move(labels)).gauge.value = value;
  }
  void Counter(const char* name, const char* help, double value, Labels labels = {}) {
    Metric(name, help, MetricType::Counter, std::move(labels)).counter.value = value;
  }
  ClientMetric::Histogram& Histogram(const char* name, const char* help, Labels labels) {
    return Metric(name, help, MetricType::Histogram, std::move(labels)).histogram;
  }

  std::string Text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  ClientMetric& Metric(const char* name, const char* help, MetricType type, Labels labels) {
    if (families_.empty() || families_.back().name != name) {
      families_.push_back({name, help, type, {}});
    }
    ClientMetric metric;
    metric.label = std::move(labels);
    families_.back().metric.push_back(std::move(metric));
    return families_.back().metric.back();
  }

  std::vector<MetricFamily> families_;
};

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

void AddCalls(const CallLog& calls, Families& families) {
  for (const auto& [key, count] : calls.counts()) {
    auto& histogram = families.Histogram(
        "kirikae_call_duration_seconds", "Time of calls of the API, by method and gRPC code.",
        {{"method", std::string(key.first)}, {"code", absl::StatusCodeToString(key.second)}});
    histogram.sample_count = static_cast<uint64_t>(count.calls);
    histogram.sample_sum = count.seconds;
    uint64_t cumulative = 0;
    for (size_t i = 0; i < count.buckets.size(); ++i) {
      cumulative += static_cast<uint64_t>(count.buckets[i]);
      const double bound =
          i < kLatencyBounds.size() ? kLatencyBounds[i] : std::numeric_limits<double>::infinity();
      histogram.bucket.push_back({cumulative, bound});
    }
  }
}

void AddStore(const store::StoreFigures& figures, Families& families) {
  families.Gauge("kirikae_writer_queue_length", "Writes that wait for the writer.",
                 static_cast<double>(figures.waiting_writes));
  families.Counter("kirikae_writer_commits_total", "Groups of writes that were committed.",
                   static_cast<double>(figures.commits));
  families.Counter("kirikae_writer_writes_total",
                   "Writes in committed groups; by commits it gives the size of a group.",
                   static_cast<double>(figures.writes));
  families.Counter("kirikae_writer_failed_commits_total", "Groups that the disk did not take.",
                   static_cast<double>(figures.failed_commits));
  families.Gauge("kirikae_reader_views", "Snapshots of the database in use.",
                 static_cast<double>(figures.open_views));
  families.Gauge("kirikae_database_size_bytes", "Size of the database's file.",
                 static_cast<double>(figures.bytes));
  families.Gauge("kirikae_log_size_bytes", "Size of the database's write-ahead log.",
                 static_cast<double>(figures.log_bytes));
}

std::string_view NameOf(api::StreamKind kind) {
  switch (kind) {
    case api::StreamKind::kWatch:
      return "watch";
    case api::StreamKind::kUpload:
      return "upload";
    case api::StreamKind::kDownload:
      return "download";
  }
  return "other";
}

void AddStreams(api::OpenStreams& streams, Families& families) {
  for (const auto& [kind, count] : streams.Counts()) {
    families.Gauge("kirikae_streams", "Open streams by kind.", static_cast<double>(count),
                   {{"kind", std::string(NameOf(kind))}});
  }
}

// States of phases, and numbers of devices by state, of each rollout that is not over.
absl::Status AddRollouts(store::ReadView& view, Families& families) {
  constexpr int kMostRollouts = 20;
  ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                   view.ListRollouts({.after = "", .limit = kMostRollouts}));
  for (const domain::Rollout& rollout : rollouts) {
    ASSIGN_OR_RETURN(const auto file, app::FileOf(rollout));
    ASSIGN_OR_RETURN(const auto statuses, app::StatusesOf(view, rollout, *file));
    for (const domain::PhaseStatus& phase : statuses) {
      families.Gauge("kirikae_phase_state", "1 for the state that a phase is in.", 1,
                     {{"rollout", rollout.id},
                      {"phase", phase.id},
                      {"state", Lower(domain::Name(phase.state))}});
    }
  }
  for (const domain::Rollout& rollout : rollouts) {
    std::map<std::string, int64_t> by_state;
    ASSIGN_OR_RETURN(const auto counts, view.CountPlacements(rollout.id));
    for (const store::PlacementCount& count : counts) {
      by_state[Lower(domain::Name(count.state))] += count.count;
    }
    for (const auto& [state, count] : by_state) {
      families.Gauge("kirikae_rollout_devices", "Devices of a rollout by the state of their move.",
                     static_cast<double>(count), {{"rollout", rollout.id}, {"state", state}});
    }
  }
  return absl::OkStatus();
}

double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  int64_t size = 0;
  int64_t resident = 0;
  file >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double OpenFiles() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  return error ? 0 : static_cast<double>(std::distance(begin(files), end(files)));
}

void AddProcess(Families& families) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  families.Counter("process_cpu_seconds_total", "Processor time of the process.",
                   seconds(usage.ru_utime) + seconds(usage.ru_stime));
  families.Gauge("process_resident_memory_bytes", "Memory of the process.", ResidentBytes());
  families.Gauge("process_open_fds", "Open file descriptors.", OpenFiles());
  families.Gauge("process_max_fds", "Most file descriptors.", static_cast<double>(limit.rlim_cur));
}

}  // namespace

std::string Metrics::Text() const {
  Families families;
  families.Gauge("kirikae_info", "1, with the program's version.", 1,
                 {{"version", sources_.env.version}});
  AddCalls(sources_.calls, families);
  AddStore(sources_.env.store.Figures(), families);
  AddStreams(sources_.env.streams, families);
  if (sources_.gauges != nullptr) {
    for (const auto& [name, value] : sources_.gauges()) {
      families.Gauge(name.c_str(), "See deploy/README.md.", value);
    }
  }
  const absl::StatusOr<std::unique_ptr<store::ReadView>> view = sources_.env.store.Read();
  const bool readable = view.ok() && AddRollouts(**view, families).ok();
  families.Gauge("kirikae_store_readable", "Whether the database can be read.", readable ? 1 : 0);
  AddProcess(families);
  return families.Text();
}

}  // namespace kirikae::server
