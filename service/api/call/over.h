// Chooses for each method of a service how its handler takes messages.
#pragma once

namespace kirikae::api {

/// A generated service with handlers of these methods over it: S::WithCallbackMethod_M, or
/// S::WithRawCallbackMethod_M for one that takes bytes. The generated CallbackService has all
/// methods parsed, and none of them can be taken back.
template <typename Base, template <typename> typename... Methods>
struct Over;
template <typename Base>
struct Over<Base> {
  using Type = Base;
};
template <typename Base, template <typename> typename Method,
          template <typename> typename... Others>
struct Over<Base, Method, Others...> {
  using Type = typename Over<Method<Base>, Others...>::Type;
};

}  // namespace kirikae::api
