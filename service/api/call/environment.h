// What every handler uses.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/api/call/answer_room.h"
#include "service/api/call/authority.h"
#include "service/api/call/calls_in_flight.h"
#include "service/api/call/doorkeeper.h"
#include "service/api/call/open_streams.h"
#include "service/api/call/spool.h"
#include "service/api/call/work_pool.h"
#include "service/app/change_feed.h"
#include "service/app/ward.h"
#include "service/store/store.h"

namespace kirikae::app {
class CensusKeeper;
class RecordNotary;
}  // namespace kirikae::app

namespace kirikae::api {

/// A call that has ended. The texts are valid while the observer runs.
struct EndedCall {
  std::string_view rpc;         ///< `InventoryService/GetDevice`
  absl::StatusCode code;        ///< how it ended
  absl::Duration taken;         ///< from the check of its caller to its end
  std::string_view request_id;  ///< as the caller gave it; "" = none
  int64_t token = 0;            ///< id of the caller's token; 0 = none that is known
  std::string_view actor;       ///< the caller's name; "" = not known
  std::string_view asked;       ///< of a read: the record, list, filter or words asked for;
                                ///< null data() = it asks for no record
};

/// Must outlive the server.
struct Environment {
  store::Store& store;
  Authority& authority;
  WorkPools& work;
  OpenStreams& streams;
  SpoolRoom& spools;
  Doorkeeper& door;
  AnswerRoom& answers;
  app::CensusKeeper& censuses;
  app::Ward ward;
  std::string version;
  app::ChangeFeed* feed = nullptr;
  app::RecordNotary* notary = nullptr;
  /// Called once at each call's end, on the thread that ends the call. Must be thread-safe and
  /// quick.
  std::function<void(const EndedCall&)> on_end = nullptr;
  /// Null = nobody waits for calls to end.
  CallsInFlight* in_flight = nullptr;
  /// Random bytes of this process by which calls of its own gateway are known; "" = there is no
  /// gateway. See origin.h.
  std::string gateway_secret = {};
};

}  // namespace kirikae::api
